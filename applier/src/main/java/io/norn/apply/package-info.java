/**
 * Carries out decisions on the local server: WATCH, barrier, MULTI, marker, commands, EXEC. Apart
 * from the core because it knows servers and threads.
 */
package io.norn.apply;

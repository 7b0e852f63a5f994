/**
 * What was decided lately between two sides. Apart, because who decides only reports, and who asks
 * only reads.
 */
package io.norn.agent.conflict;

/**
 * Places at which the process dies on demand. Apart from everything else, so that any module can
 * name such places without knowing who wants to see it die.
 */
package io.norn.crash;

/**
 * The daemon beside each primary: wires links, state, apply loop and control port. Apart from its
 * parts, which do not know each other.
 */
package io.norn.agent;

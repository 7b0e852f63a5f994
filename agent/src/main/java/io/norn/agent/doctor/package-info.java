/**
 * Finds what is wrong around an agent, and says how to mend it. Apart, because it runs without an
 * agent, too: it only looks, over connections of its own.
 */
package io.norn.agent.doctor;

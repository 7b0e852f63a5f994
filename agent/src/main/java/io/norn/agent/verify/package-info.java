/**
 * Compares the datasets of all nodes while clients write. Apart, because it works over connections
 * of its own, on the servers alone, and so also checks what the rest of the agent believes.
 */
package io.norn.agent.verify;

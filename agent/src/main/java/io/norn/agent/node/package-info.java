/**
 * What the agent keeps about its own node: data directory, checkpoint, and the reserved key on the
 * server. Apart from the links, which come and go.
 */
package io.norn.agent.node;

/**
 * Finds out which deletes in a server's stream are its own: keys and fields that expired, keys that
 * were evicted. Apart from the ticks that tell it, because whoever may write a tick for a server
 * has to know.
 */
package io.norn.agent.expiry;

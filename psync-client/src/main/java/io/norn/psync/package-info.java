/**
 * Sessions with a primary as one of its replicas: handshake, snapshot, stream bytes, acks. Apart
 * from what the bytes mean, because a journal takes them as they come.
 */
package io.norn.psync;

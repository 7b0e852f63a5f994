/**
 * From the commands of a replication stream to stamped changes: ticks, markers, barriers, version
 * vectors. Apart from the window because it is a function of one stream alone, and the same for the
 * own stream and for those of peers.
 */
package io.norn.stream;

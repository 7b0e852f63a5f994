/**
 * Measurements of Norn beside plain replication, on the same machine in the same run. Apart from
 * the demo, because numbers need other care than a story.
 */
package io.norn.examples.bench;

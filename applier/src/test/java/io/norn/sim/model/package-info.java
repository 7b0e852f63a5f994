/**
 * A model of one primary: dataset, clients with MULTI and WATCH, and a replication stream that
 * obeys what was seen on real servers.
 *
 * <p>It stands apart because it knows nothing of Norn: it is checked against a real server, and
 * everything else in the simulation trusts it.
 */
package io.norn.sim.model;

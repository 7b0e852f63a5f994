/**
 * Whole meshes in one thread from one seed: servers, agents, links and clocks are simulated, the
 * core is the real one.
 *
 * <p>It stands apart because it judges the core from outside, by what the servers hold in the end.
 */
package io.norn.sim;

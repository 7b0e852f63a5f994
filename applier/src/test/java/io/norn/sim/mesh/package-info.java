/**
 * Meshes: nodes with agents around the real core, clients, faults, and the judge.
 *
 * <p>It stands apart because only here servers, world and core come together.
 */
package io.norn.sim.mesh;

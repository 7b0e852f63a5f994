/**
 * What clients do: random commands on few keys, and what they were told.
 *
 * <p>It stands apart because the model's own check and the meshes use the same commands.
 */
package io.norn.sim.load;

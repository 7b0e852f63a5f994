/**
 * Virtual time, clocks that are wrong, links that delay, stall and cut, and disks that survive a
 * crash.
 *
 * <p>It stands apart because it knows neither commands nor Norn: it only carries them.
 */
package io.norn.sim.world;

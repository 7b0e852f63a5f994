/**
 * Servers and agents on this machine, as child processes, and what can be seen of them from
 * outside. Apart, because the demo and the benchmarks share it.
 */
package io.norn.examples.mesh;

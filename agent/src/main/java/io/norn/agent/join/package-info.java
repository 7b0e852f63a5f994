/**
 * The first contact of two servers, and contact after a gap that nothing can fill: merging a peer's
 * snapshot. Apart from links, which only carry streams.
 */
package io.norn.agent.join;

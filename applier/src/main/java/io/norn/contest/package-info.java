/**
 * What was decided between operations of which neither side had seen the other, for people to read.
 * Apart from merging, because it only looks on: nothing that is decided depends on it.
 */
package io.norn.contest;

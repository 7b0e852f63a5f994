/**
 * What a node remembers about recent operations, to decide who wins, and when it may forget. Apart
 * from deciding: it only stores.
 */
package io.norn.window;

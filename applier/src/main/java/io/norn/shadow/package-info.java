/**
 * Exact copies of lists and sorted sets of the own server, kept from its stream, to tell what a pop
 * took that does not say it. Apart from the window: it holds values, not operations.
 */
package io.norn.shadow;

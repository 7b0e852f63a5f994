/**
 * Stamps, by which all nodes order operations alike. Apart from everything else because it knows
 * nothing but numbers and names.
 */
package io.norn.clock;

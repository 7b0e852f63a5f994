/**
 * What is measured of a running agent: rates, the last minutes, and the text that Prometheus reads.
 * The only package that knows the Prometheus library. Apart from the node, because it only reads
 * what {@code STATUS} shows.
 */
package io.norn.agent.metrics;

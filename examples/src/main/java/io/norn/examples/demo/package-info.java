/**
 * The demo that {@code norn demo} runs. Apart from the benchmarks, because it is written to be read
 * by newcomers.
 */
package io.norn.examples.demo;

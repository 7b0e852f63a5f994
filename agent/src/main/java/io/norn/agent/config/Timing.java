package io.norn.agent.config;

/**
 * Limits of time.
 *
 * @param heartbeatMillis between signs of life of an idle agent
 * @param readDeadlineMillis without a byte from a server after which its link is taken for dead
 * @param maxClockSkewMillis how far ahead a peer's clock may be before it is reported
 */
public record Timing(int heartbeatMillis, int readDeadlineMillis, int maxClockSkewMillis) {}

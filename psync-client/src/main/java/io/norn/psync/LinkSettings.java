package io.norn.psync;

import io.norn.net.Endpoint;
import java.util.Optional;

/**
 * How to attach to a primary.
 *
 * @param endpoint where it is and who we are there
 * @param listeningPort own port to announce. A real one: Sentinel keeps a replica of port 0 for
 *     ever, and a bare {@code FAILOVER} would choose it
 * @param announceIp own address to announce, or empty for the one that the primary sees
 * @param connectTimeoutMillis limit for connecting and for each reply of the handshake
 * @param readDeadlineMillis how long the stream may be silent; primaries ping every 10 s by default
 */
public record LinkSettings(
    Endpoint endpoint,
    int listeningPort,
    Optional<String> announceIp,
    int connectTimeoutMillis,
    int readDeadlineMillis) {}

package io.norn.agent.config;

import io.norn.net.Address;
import io.norn.net.Credentials;
import java.util.List;
import java.util.Optional;

/**
 * The agent's own port.
 *
 * @param bind addresses to listen on; {@code *} for all, a leading dash for those that may be
 *     missing
 * @param port without TLS; 0 lets the system choose, for tests, {@link #NONE} for none
 * @param announced how others reach this port
 * @param password what clients must authenticate with; {@link Credentials#NONE} if not configured
 * @param limits what clients may use up
 * @param tls a second port that speaks TLS
 */
public record Listen(
    List<String> bind,
    int port,
    Address announced,
    Credentials password,
    ClientLimits limits,
    Optional<TlsPort> tls) {
  /** No port at all. */
  public static final int NONE = -1;

  public Listen {
    bind = List.copyOf(bind);
  }

  /**
   * What clients may use up.
   *
   * @param protection whether clients of other hosts are refused while no password is set
   * @param maxClients connections at a time
   * @param idleMillis after which a client that sends no command, or takes no answer, is cut off
   */
  public record ClientLimits(Protection protection, int maxClients, long idleMillis) {}

  /**
   * A port that speaks TLS.
   *
   * @param port 0 lets the system choose, for tests
   * @param tls how
   */
  public record TlsPort(int port, PortTls tls) {}

  /** Valkey's protected mode. */
  public enum Protection {
    ON,
    OFF
  }
}

package io.norn.agent.control;

import io.norn.agent.config.Listen.Protection;
import java.net.InetAddress;
import java.util.Optional;

/** Keeps other hosts out as long as nobody has to show a password. */
final class ProtectedMode {
  private static final String DENIED =
      "DENIED protected mode: this agent has no password, and so answers clients of its own host"
          + " only. Set requirepass, or 'protected-mode no' where the network keeps others out.";

  private ProtectedMode() {}

  /**
   * The error for a client that must not come in.
   *
   * @param withoutPassword what clients may do that show no password
   */
  static Optional<String> denial(
      Protection protection, Access withoutPassword, InetAddress client) {
    boolean isDenied =
        protection == Protection.ON
            && withoutPassword != Access.NONE
            && !client.isLoopbackAddress();
    return isDenied ? Optional.of(DENIED) : Optional.empty();
  }
}

package io.norn.cli;

import io.norn.net.Address;
import picocli.CommandLine.Parameters;

/** The address of a peer's primary on the command line. */
final class PeerAddress {
  @Parameters(index = "0", paramLabel = "HOST", description = "Host of the peer's primary.")
  private String host;

  @Parameters(index = "1", paramLabel = "PORT", description = "Port of the peer's primary.")
  private String port;

  /**
   * The checked address.
   *
   * @throws CliException if it is none
   */
  Address checked() throws CliException {
    try {
      return new Address(host, Address.parsePort(port));
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "peer " + host + " " + port + ": " + e.getMessage());
    }
  }
}

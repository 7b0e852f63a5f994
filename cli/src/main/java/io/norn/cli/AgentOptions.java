package io.norn.cli;

import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.server.ServerRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the agent listens that a command talks to, and what to log in with. */
final class AgentOptions {
  private static final int TIMEOUT_MILLIS = 5_000;

  @Option(
      names = {"-a", "--agent"},
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7379",
      description = "The agent to talk to (default: ${DEFAULT-VALUE}).")
  private String address;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "",
      description = "User to log in as, if not the default user.")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password.")
  private Path passwordFile;

  @Option(
      names = "--password",
      paramLabel = "WORD",
      defaultValue = "${env:NORN_PASSWORD:-}",
      description = "Password; better given in the environment as NORN_PASSWORD.")
  private String password;

  /**
   * Opens a connection to the agent.
   *
   * @throws CliException if the address makes no sense, nobody answers there or the login fails
   */
  ServerConnection connect() throws CliException {
    Endpoint agent =
        new Endpoint(parsedAddress(), new Credentials(user, checkedPassword()), Optional.empty());
    try {
      return ServerConnection.open(agent, TIMEOUT_MILLIS);
    } catch (ServerRefusedException e) {
      throw new CliException(
          ExitCode.FAILED, e.getMessage() + "; see --user, --password and NORN_PASSWORD");
    } catch (IOException e) {
      throw new CliException(
          ExitCode.UNREACHABLE, "no agent at " + e.getMessage() + "; is it running? see -a");
    }
  }

  private String checkedPassword() throws CliException {
    if (passwordFile == null) {
      return password;
    }
    try {
      return Files.readString(passwordFile).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE, "--password-file " + passwordFile + " cannot be read: " + e.getMessage());
    }
  }

  private Address parsedAddress() throws CliException {
    try {
      return Address.parse(address);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "-a " + address + ": " + e.getMessage());
    }
  }
}

package io.norn.cli;

import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.net.TlsSettings;
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

  @Option(names = "--tls", description = "The agent's port speaks TLS.")
  private boolean tls;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "Whom to trust, PEM (default: whom Java trusts).")
  private Path caCertFile;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "Certificate to show, PEM; together with --key.")
  private Path certFile;

  @Option(names = "--key", paramLabel = "FILE", description = "Its private key, PKCS#8.")
  private Path keyFile;

  /**
   * Opens a connection to the agent.
   *
   * @throws CliException if the address makes no sense, nobody answers there or the login fails
   */
  ServerConnection connect() throws CliException {
    Endpoint agent =
        new Endpoint(parsedAddress(), new Credentials(user, checkedPassword()), tlsSettings());
    try {
      ServerConnection connection = ServerConnection.open(agent, TIMEOUT_MILLIS);
      greet(connection);
      return connection;
    } catch (ServerRefusedException e) {
      throw new CliException(
          ExitCode.FAILED, e.getMessage() + "; see --user, --password and NORN_PASSWORD");
    } catch (IOException e) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "no agent at " + e.getMessage() + "; is it running? see -a" + (tls ? "" : " and --tls"));
    }
  }

  /** Only the first answer shows whether TLS is spoken there, and the certificate accepted. */
  private void greet(ServerConnection connection) throws CliException {
    try {
      connection.require("PING");
    } catch (ServerRefusedException e) {
      return; // It listens; what it does not allow is told when that is asked for.
    } catch (IOException e) {
      connection.close();
      String hint = tls ? "it may want another certificate: see --cert" : "see -a and --tls";
      throw new CliException(
          ExitCode.UNREACHABLE, "no agent talks to us at " + e.getMessage() + "; " + hint);
    }
  }

  private Optional<TlsSettings> tlsSettings() throws CliException {
    if (!tls) {
      if (caCertFile != null || certFile != null || keyFile != null) {
        throw new CliException(ExitCode.USAGE, "--cacert, --cert and --key need --tls");
      }
      return Optional.empty();
    }
    if ((certFile == null) != (keyFile == null)) {
      throw new CliException(ExitCode.USAGE, "--cert and --key go together: give both");
    }
    return Optional.of(
        new TlsSettings(
            Optional.ofNullable(caCertFile),
            Optional.ofNullable(certFile),
            Optional.ofNullable(keyFile)));
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

package io.norn.agent.control;

import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.server.ServerRefusedException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Takes users and passwords for right that are right at the agent's own server, so that they are
 * kept in one place. Who may look at the users there is an administrator here.
 */
final class LocalServerAuthenticator implements Authenticator {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final Set<String> WRONG = Set.of("WRONGPASS", "NOAUTH");

  private final Endpoint local;

  LocalServerAuthenticator(Endpoint local) {
    this.local = local;
  }

  @Override
  public Access withoutPassword() {
    return Access.NONE;
  }

  @Override
  public Access check(Credentials credentials) throws IOException {
    if (credentials.password().isEmpty()) {
      return Access.NONE;
    }
    if (isDefault(credentials) && hasOpenDefaultUser()) {
      return Access.NONE;
    }
    return openedWith(credentials).orElse(Access.NONE);
  }

  /** What one can do with these credentials; empty if the server does not take them. */
  private Optional<Access> openedWith(Credentials credentials) throws IOException {
    try (ServerConnection connection =
        ServerConnection.open(
            new Endpoint(local.address(), credentials, local.tls()), TIMEOUT_MILLIS)) {
      return Optional.of(access(connection));
    } catch (ServerRefusedException e) {
      if (WRONG.contains(e.error().code())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * A harmless command of the categories admin and dangerous; the rights that the agents of peers
   * need do not include it.
   */
  private static Access access(ServerConnection connection) throws IOException {
    Object users = connection.call("ACL", "USERS");
    if (users instanceof ServerError error) {
      return error.code().equals("NOAUTH") ? Access.NONE : readingAccess(connection);
    }
    return Access.ADMIN;
  }

  /** Not a number: refused by who may use it, before anything begins. */
  private static Access readingAccess(ServerConnection connection) throws IOException {
    Object reply = connection.call("PSYNC", "?", "none");
    boolean mayRead = reply instanceof ServerError error && !error.code().equals("NOPERM");
    return mayRead ? Access.REPLICATE : Access.OBSERVE;
  }

  private static boolean isDefault(Credentials credentials) {
    return credentials.user().isEmpty() || credentials.user().equals("default");
  }

  /** Of a user without a password the server takes any, which proves nothing. */
  private boolean hasOpenDefaultUser() throws IOException {
    return openedWith(Credentials.NONE).orElse(Access.NONE) != Access.NONE;
  }
}

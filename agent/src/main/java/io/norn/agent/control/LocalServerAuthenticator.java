package io.norn.agent.control;

import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.server.ServerRefusedException;
import java.io.IOException;
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
    try (ServerConnection connection = open(credentials)) {
      return access(connection);
    } catch (ServerRefusedException e) {
      if (WRONG.contains(e.error().code())) {
        return Access.NONE;
      }
      throw e;
    }
  }

  /**
   * A harmless command of the categories admin and dangerous; the rights that the agents of peers
   * need do not include it.
   */
  private static Access access(ServerConnection connection) throws IOException {
    boolean isAdmin = !(connection.call("ACL", "USERS") instanceof ServerError);
    return isAdmin ? Access.ADMIN : Access.OBSERVE;
  }

  private static boolean isDefault(Credentials credentials) {
    return credentials.user().isEmpty() || credentials.user().equals("default");
  }

  /** Of a user without a password the server takes any, which proves nothing. */
  private boolean hasOpenDefaultUser() throws IOException {
    try (ServerConnection connection = open(Credentials.NONE)) {
      return !(connection.call("PING") instanceof ServerError);
    }
  }

  private ServerConnection open(Credentials credentials) throws IOException {
    return ServerConnection.open(
        new Endpoint(local.address(), credentials, local.tls()), TIMEOUT_MILLIS);
  }
}

package io.norn.agent.control;

import io.norn.net.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Knows one password, that of the default user. */
final class PasswordAuthenticator implements Authenticator {
  private final byte[] password;

  PasswordAuthenticator(String password) {
    this.password = password.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Access withoutPassword() {
    return Access.NONE;
  }

  @Override
  public Access check(Credentials credentials) {
    boolean isDefault = credentials.user().isEmpty() || credentials.user().equals("default");
    byte[] shown = credentials.password().getBytes(StandardCharsets.UTF_8);
    return isDefault && MessageDigest.isEqual(password, shown) ? Access.ADMIN : Access.NONE;
  }
}

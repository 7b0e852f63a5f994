package io.norn.agent.control;

import io.norn.net.Credentials;

/** Lets everybody in, and no password is right. */
final class OpenAuthenticator implements Authenticator {
  @Override
  public Access withoutPassword() {
    return Access.ADMIN;
  }

  @Override
  public Access check(Credentials credentials) {
    return Access.NONE;
  }
}

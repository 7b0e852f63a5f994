package io.norn.server;

import java.io.IOException;

/** The server answered, but with an error: wrong password, missing rights, not ready. */
public final class ServerRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient ServerError error;

  public ServerRefusedException(String where, ServerError error) {
    super(where + ": " + error.message());
    this.error = error;
  }

  public ServerError error() {
    return error;
  }
}

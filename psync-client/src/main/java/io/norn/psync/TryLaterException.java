package io.norn.psync;

import java.io.IOException;

/** The server is there and willing but not ready yet: loading, busy, without its own primary. */
public final class TryLaterException extends IOException {
  private static final long serialVersionUID = 1L;

  public TryLaterException(String message) {
    super(message);
  }
}

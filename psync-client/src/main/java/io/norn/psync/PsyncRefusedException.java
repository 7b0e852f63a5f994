package io.norn.psync;

import java.io.IOException;

/**
 * The other side answered, and the answer will stay the same until somebody changes something:
 * wrong password, missing rights, too old, no such server. Retry slowly.
 */
public final class PsyncRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  public PsyncRefusedException(String message) {
    super(message);
  }
}

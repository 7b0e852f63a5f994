package io.norn.agent.link;

import java.io.IOException;

/** A peer's server cannot be reached, or does not answer. */
final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreachableException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}

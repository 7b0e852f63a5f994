package io.norn.journal;

import java.io.IOException;

/** The journal stopped for good, because what it wrote may not be on the disk; open it anew. */
public final class JournalFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  JournalFailedException(String message) {
    super(message);
  }

  JournalFailedException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}

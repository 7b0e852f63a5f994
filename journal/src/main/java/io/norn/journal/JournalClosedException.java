package io.norn.journal;

import java.io.IOException;

/** The journal or the reader was closed. */
public final class JournalClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  JournalClosedException(String message) {
    super(message);
  }
}

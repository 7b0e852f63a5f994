package io.norn.journal;

import java.io.IOException;

/** The directory cannot be used as a journal; the message says why and what to do. */
public final class JournalOpenException extends IOException {
  private static final long serialVersionUID = 1L;

  JournalOpenException(String message) {
    super(message);
  }

  JournalOpenException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}

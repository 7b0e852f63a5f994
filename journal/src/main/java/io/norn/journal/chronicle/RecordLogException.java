package io.norn.journal.chronicle;

import java.io.IOException;

/** Chronicle could not read or write a file: damaged, out of space, or unusable on this JVM. */
public final class RecordLogException extends IOException {
  private static final long serialVersionUID = 1L;

  RecordLogException(String message) {
    super(message);
  }

  RecordLogException(String message, Throwable cause) {
    super(message + ": " + cause, cause);
  }
}

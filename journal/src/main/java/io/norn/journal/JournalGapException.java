package io.norn.journal;

import java.io.IOException;

/** Bytes that do not follow what the journal holds; nothing was appended. */
public final class JournalGapException extends IOException {
  private static final long serialVersionUID = 1L;

  JournalGapException(String message) {
    super(message);
  }
}

package io.norn.journal;

import java.io.IOException;

/** A record that is not what was written there; the message says what is wrong with "it". */
final class RecordDamageException extends IOException {
  private static final long serialVersionUID = 1L;

  RecordDamageException(String message) {
    super(message);
  }
}

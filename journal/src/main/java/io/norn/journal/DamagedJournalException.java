package io.norn.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A record did not pass its checks and was not served. The next opening of the journal verifies
 * that file and keeps what is valid before the damage.
 */
public final class DamagedJournalException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedJournalException(
      Path directory, long sequence, String stream, long offset, Throwable cause) {
    super(
        String.format(
            "journal %s is damaged at record %d (stream %s, offset %d): %s;"
                + " restart to keep what is valid before it",
            directory, sequence, stream, offset, cause.getMessage()),
        cause);
  }
}

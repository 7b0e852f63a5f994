package io.norn.journal;

import java.io.IOException;

/** Too little free space; nothing was appended, and it may be tried again later. */
public final class DiskFullException extends IOException {
  private static final long serialVersionUID = 1L;

  DiskFullException(String message) {
    super(message);
  }
}

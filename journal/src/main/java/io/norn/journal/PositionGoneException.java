package io.norn.journal;

import java.io.IOException;

/** The journal does not hold that position, or does not hold it any more. */
public final class PositionGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  PositionGoneException(String message) {
    super(message);
  }
}

package io.norn.agent;

import java.io.IOException;

/** The local server belongs to another node: a person has to decide. */
public final class ForeignDataException extends IOException {
  private static final long serialVersionUID = 1L;

  ForeignDataException(String message) {
    super(message);
  }
}

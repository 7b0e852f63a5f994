package io.norn.stream;

import java.util.Optional;

/** Why a server removed something by itself, without a client that asked for it. */
public enum DeleteCause {
  /** A key's time to live was over. */
  EXPIRED('x', "NORN.EXPIRED"),

  /** A key was thrown out for want of memory. */
  EVICTED('e', "NORN.EVICTED"),

  /** The time to live of fields of a hash was over. */
  FIELD_EXPIRED('h', "NORN.HEXPIRED");

  private final char letter;
  private final String command;

  DeleteCause(char letter, String command) {
    this.letter = letter;
    this.command = command;
  }

  /** Name, known to no server, under which a decoder hands such a delete on. */
  public String command() {
    return command;
  }

  /** How a tick marks the list of such deletes. */
  char letter() {
    return letter;
  }

  static Optional<DeleteCause> ofLetter(char letter) {
    for (DeleteCause cause : values()) {
      if (cause.letter == letter) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }
}

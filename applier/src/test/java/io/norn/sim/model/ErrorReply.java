package io.norn.sim.model;

/**
 * An error as the server answers it.
 *
 * @param message the line without the leading minus
 */
public record ErrorReply(String message) {
  /** The first word: {@code ERR}, {@code WRONGTYPE}, {@code EXECABORT}. */
  public String code() {
    int space = message.indexOf(' ');
    return space < 0 ? message : message.substring(0, space);
  }
}

package io.norn.server;

/**
 * An error reply, as a value: an error inside a pipeline or a transaction is data for who sent it.
 *
 * @param message the reply without its leading dash, such as {@code WRONGTYPE Operation against a
 *     key …}
 */
public record ServerError(String message) {

  /**
   * The first word, by which servers classify errors ({@code OOM}, {@code READONLY}, {@code ERR}).
   */
  public String code() {
    int space = message.indexOf(' ');
    return space < 0 ? message : message.substring(0, space);
  }
}

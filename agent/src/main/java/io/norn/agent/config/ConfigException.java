package io.norn.agent.config;

/**
 * The configuration cannot be used. The message is one line for users: where, which directive, the
 * value seen, what to do.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(oneLine(message));
  }

  public ConfigException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** What a user wrote may hold anything, but an error is one line. */
  private static String oneLine(String message) {
    return message.replaceAll("\\p{Cntrl}", "?");
  }
}

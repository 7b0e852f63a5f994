package io.norn.agent.config;

/**
 * The configuration cannot be used. The message is one line for users: where, which directive, the
 * value seen, what to do.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}

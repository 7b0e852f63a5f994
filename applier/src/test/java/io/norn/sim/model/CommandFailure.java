package io.norn.sim.model;

/** A command refuses to run; becomes an error reply. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message, null, false, false);
  }

  static CommandFailure syntax() {
    return new CommandFailure("ERR syntax error");
  }

  static CommandFailure wrongType() {
    return new CommandFailure("WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  static CommandFailure notInteger() {
    return new CommandFailure("ERR value is not an integer or out of range");
  }

  static CommandFailure notFloat() {
    return new CommandFailure("ERR value is not a valid float");
  }
}

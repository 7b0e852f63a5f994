package io.norn.agent.control;

/** A command cannot be executed; the message is the error reply, with its code. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message, null, false, false);
  }

  static CommandException arity(String command) {
    return new CommandException("ERR wrong number of arguments for '" + command + "' command");
  }

  static CommandException syntax() {
    return new CommandException("ERR syntax error");
  }

  static CommandException subcommand(Request request) {
    String shown = request.text(1);
    String cut = shown.substring(0, Math.min(128, shown.length()));
    return new CommandException("ERR unknown subcommand '" + cut + "' of " + request.name());
  }
}

package io.norn.agent.table;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.Change;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Executes forms on a server, in a database of its own, and reads what its stream tells. */
final class FormRun {
  static final int DB = 5;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(.*)}");
  private static final String LIBRARY =
      """
      #!lua name=lib
      local function f(keys) return redis.call('SET', keys[1], 'v') end
      redis.register_function{function_name='f', callback=f}
      """;

  private final ServerConnection connection;
  private final StreamTap tap;
  private final ServerProcess other;

  FormRun(ServerConnection connection, StreamTap tap, ServerProcess other) {
    this.connection = connection;
    this.tap = tap;
    this.other = other;
  }

  /**
   * What a form did.
   *
   * @param before all keys before it
   * @param after all keys after it
   * @param changes what it is in the stream
   */
  record Result(Keyspace before, Keyspace after, List<Change> changes) {}

  /** Empty if this server does not know the form. */
  Optional<Result> run(Form form) throws IOException {
    connection.require("FLUSHALL");
    connection.require("FUNCTION", "FLUSH");
    Keyspace.select(connection, DB);
    for (List<String> words : form.before()) {
      if (isUnknown(connection.call(fill(words)))) {
        return Optional.empty();
      }
    }
    Keyspace before = Keyspace.read(connection);
    Keyspace.select(connection, DB);
    byte[][] command = fill(form.words());
    tap.writes(connection);
    Object reply = connection.call(command);
    if (isUnknown(reply) || (form.isNew() && reply instanceof ServerError)) {
      return Optional.empty();
    } else if (reply instanceof ServerError error) {
      throw new IOException(form + ": " + error.message());
    }
    List<Change> changes = tap.writes(connection);
    return Optional.of(new Result(before, Keyspace.read(connection), changes));
  }

  private static boolean isUnknown(Object reply) {
    return reply instanceof ServerError error && error.message().contains("unknown command");
  }

  private byte[][] fill(List<String> words) throws IOException {
    byte[][] command = new byte[words.size()][];
    for (int i = 0; i < command.length; i++) {
      Matcher matcher = PLACEHOLDER.matcher(words.get(i));
      command[i] = matcher.matches() ? value(matcher.group(1)) : bytes(words.get(i));
    }
    return command;
  }

  private byte[] value(String placeholder) throws IOException {
    long inAnHour = System.currentTimeMillis() + HOUR_MILLIS;
    return switch (placeholder) {
      case "future" -> bytes(Long.toString(inAnHour));
      case "future-seconds" -> bytes(Long.toString(inAnHour / 1000));
      case "other" -> bytes(Integer.toString(other.port()));
      case "library" -> bytes(LIBRARY);
      case "functions" -> (byte[]) connection.require("FUNCTION", "DUMP");
      case "script" ->
          (byte[]) connection.require("SCRIPT", "LOAD", "redis.call('SET', KEYS[1], 'v')");
      default -> (byte[]) connection.require("DUMP", placeholder.substring("dump:".length()));
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

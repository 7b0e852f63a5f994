package io.norn.testkit.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A type of values.
 *
 * @param reading what the replies to the commands say
 * @param commands what reads a value
 */
record ValueType(Function<List<Object>, List<Element>> reading, List<List<String>> commands) {
  private static final String KEY = "(key)";
  private static final ValueType OTHER = type(Replies::whole, "DUMP", KEY);
  private static final Map<String, ValueType> TYPES =
      Map.of(
          "string", type(Replies::whole, "GET", KEY),
          "list", type(Replies::items, "LRANGE", KEY, "0", "-1"),
          "set", type(Replies::members, "SMEMBERS", KEY),
          "zset", type(Replies::scores, "ZRANGE", KEY, "0", "-1", "WITHSCORES"),
          "hash", type(Replies::fields, "HGETALL", KEY),
          "stream", stream());

  private static ValueType type(Function<List<Object>, List<Element>> reading, String... command) {
    return new ValueType(reading, List.of(List.of(command)));
  }

  private static ValueType stream() {
    return type(Replies::stream, "XINFO", "STREAM", KEY, "FULL", "COUNT", "0");
  }

  /** The type by the name that {@code TYPE} gives; types of modules are read as a whole. */
  static ValueType of(String name) {
    return TYPES.getOrDefault(name, OTHER);
  }

  /** Sends what reads the value of a key. */
  void send(ServerConnection connection, byte[] key) throws IOException {
    for (List<String> command : commands) {
      byte[][] raw = new byte[command.size()][];
      for (int i = 0; i < raw.length; i++) {
        String word = command.get(i);
        raw[i] = word.equals(KEY) ? key : word.getBytes(US_ASCII);
      }
      connection.send(raw);
    }
  }

  int replyCount() {
    return commands.size();
  }

  /** What the replies say; empty for a key that is not there, since a stream has its last id. */
  List<Element> elements(List<Object> replies) {
    return reading.apply(replies);
  }
}

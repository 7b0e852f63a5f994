package io.norn.agent.verify;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Digest of a stream: entries, the last id, and of each group where it stands. How entries lie in
 * memory, and when consumers were last seen, differs between equal streams.
 */
final class StreamDigest {
  private static final Set<String> OF_GROUP = Set.of("name", "last-delivered-id", "pending");

  private StreamDigest() {}

  /** How many commands {@link #send} sends. */
  static final int COMMANDS = 3;

  static void send(ServerConnection server, byte[] key) throws IOException {
    server.send(bytes("XRANGE"), key, bytes("-"), bytes("+"));
    server.send(bytes("XINFO"), bytes("STREAM"), key);
    server.send(bytes("XINFO"), bytes("GROUPS"), key);
  }

  /** Of the replies to what {@link #send} sent. */
  static String of(List<Object> replies) {
    List<byte[]> words = new ArrayList<>();
    addAll(words, replies.get(0));
    addNamed(words, replies.get(1), Set.of("last-generated-id"));
    if (replies.get(2) instanceof List<?> groups) {
      groups.forEach(group -> addNamed(words, group, OF_GROUP));
    }
    return Canonical.ofWords(words);
  }

  private static void addAll(List<byte[]> words, Object reply) {
    if (reply instanceof List<?> list) {
      words.add(bytes("(" + list.size()));
      list.forEach(element -> addAll(words, element));
    } else if (reply instanceof byte[] text) {
      words.add(text);
    } else {
      words.add(bytes(reply instanceof ServerError ? "error" : String.valueOf(reply)));
    }
  }

  /** Some values of a flat list of names and values. */
  private static void addNamed(List<byte[]> words, Object reply, Set<String> names) {
    if (reply instanceof List<?> pairs) {
      for (int i = 0; i + 1 < pairs.size(); i += 2) {
        String name = ServerConnection.text(pairs.get(i));
        if (names.contains(name)) {
          words.add(bytes(name));
          addAll(words, pairs.get(i + 1));
        }
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

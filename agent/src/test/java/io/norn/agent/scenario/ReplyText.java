package io.norn.agent.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.norn.server.ServerError;
import java.util.List;
import java.util.stream.Collectors;

/** Replies as scenarios write them: strings, lists of them, null, and errors. */
final class ReplyText {
  private ReplyText() {}

  /**
   * An error reply.
   *
   * @param message as the server wrote it
   */
  record Failure(String message) {}

  /** Bytes and integers become strings of one character for each byte. */
  static Object of(Object reply) {
    if (reply instanceof byte[] bytes) {
      return new String(bytes, ISO_8859_1);
    }
    if (reply instanceof List<?> list) {
      return list.stream().map(ReplyText::of).collect(Collectors.toList());
    }
    if (reply instanceof ServerError error) {
      return new Failure(error.message());
    }
    return reply == null ? null : reply.toString();
  }

  /** For people, in the form in which a scenario would write it. */
  static String show(Object reply) {
    if (reply instanceof List<?> list) {
      return list.stream().map(ReplyText::show).collect(Collectors.joining(" ", "[", "]"));
    }
    if (reply instanceof Failure failure) {
      return "!" + failure.message();
    }
    if (reply instanceof String text) {
      return isPlain(text) ? text : quote(text);
    }
    return "nil";
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && !text.equals("nil")
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"[]{}|\\".indexOf(c) < 0);
  }

  private static String quote(String text) {
    return text.chars()
        .mapToObj(
            c ->
                c == '"' || c == '\\'
                    ? "\\" + (char) c
                    : c >= ' ' && c < 0x7f ? "" + (char) c : String.format("\\x%02x", c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}

package io.norn.agent.journals;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A command in a journal, made readable.
 *
 * @param endOffset the position behind it in the stream
 * @param text its words, long ones cut
 */
public record TailCommand(long endOffset, String text) {
  private static final int MAX_WORD_CHARS = 48;
  private static final int MAX_WORDS = 12;

  static TailCommand of(long endOffset, byte[][] words) {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < Math.min(words.length, MAX_WORDS); i++) {
      text.add(readable(words[i]));
    }
    if (words.length > MAX_WORDS) {
      text.add("… (" + (words.length - MAX_WORDS) + " more)");
    }
    return new TailCommand(endOffset, text.toString());
  }

  private static String readable(byte[] word) {
    String whole = new String(word, 0, Math.min(word.length, 256), StandardCharsets.UTF_8);
    String safe = whole.replaceAll("\\p{Cntrl}|\uFFFD", "?");
    boolean isLong = safe.length() > MAX_WORD_CHARS;
    String cut = isLong ? safe.substring(0, MAX_WORD_CHARS - 1) + "…" : safe;
    return cut.isEmpty() || cut.contains(" ") ? '"' + cut + '"' : cut;
  }

  /** Names and values, for programs. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("end_offset", endOffset);
    fields.put("command", text);
    return fields;
  }
}

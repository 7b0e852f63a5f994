package io.norn.agent.control;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * One command as a client sent it.
 *
 * @param words its name and arguments, at least one
 */
record Request(List<byte[]> words) {

  Request {
    words = List.copyOf(words);
  }

  /** The name in lower case, cut to what an error message can show. */
  String name() {
    String name = text(0).toLowerCase(Locale.ROOT);
    return name.substring(0, Math.min(128, name.length()));
  }

  /** The number of words. */
  int size() {
    return words.size();
  }

  byte[] raw(int index) {
    return words.get(index);
  }

  String text(int index) {
    return new String(words.get(index), StandardCharsets.UTF_8);
  }

  /** The words from an index on. */
  List<String> texts(int from) {
    return words.stream().skip(from).map(word -> new String(word, StandardCharsets.UTF_8)).toList();
  }

  boolean is(int index, String word) {
    return text(index).equalsIgnoreCase(word);
  }

  int bytes() {
    return words.stream().mapToInt(word -> word.length).sum();
  }
}

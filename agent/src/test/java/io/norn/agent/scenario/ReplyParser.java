package io.norn.agent.scenario;

import io.norn.agent.scenario.ReplyPattern.About;
import io.norn.agent.scenario.ReplyPattern.Anything;
import io.norn.agent.scenario.ReplyPattern.Either;
import io.norn.agent.scenario.ReplyPattern.Nil;
import io.norn.agent.scenario.ReplyPattern.Ordered;
import io.norn.agent.scenario.ReplyPattern.Refusal;
import io.norn.agent.scenario.ReplyPattern.Text;
import io.norn.agent.scenario.ReplyPattern.Unordered;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads how a reply is written: {@code nil}, words, {@code "quoted"}, {@code [a b]}, {@code {a b}}
 * in any order, {@code ~50} for about, {@code *} for anything, {@code !CODE} for an error, {@code
 * a|b} for either.
 */
final class ReplyParser {
  private static final String ENDS_WORD = " |[]{}\"";

  private final String text;
  private int at;

  private ReplyParser(String text) {
    this.text = text.strip();
  }

  /**
   * Parses a whole text.
   *
   * @param stride how many items belong together where order does not matter: 2 for fields with
   *     their values
   * @throws IllegalArgumentException with what is wrong
   */
  static ReplyPattern parse(String text, int stride) {
    ReplyParser parser = new ReplyParser(text);
    List<ReplyPattern> choices = new ArrayList<>(List.of(parser.item(stride)));
    while (parser.skipIf('|')) {
      choices.add(parser.item(stride));
    }
    if (parser.at < parser.text.length()) {
      throw new IllegalArgumentException(
          "'"
              + parser.text.substring(parser.at).strip()
              + "' is too much: quote a reply with blanks");
    }
    return choices.size() == 1 ? choices.get(0) : new Either(choices);
  }

  private ReplyPattern item(int stride) {
    skipBlanks();
    if (at >= text.length()) {
      throw new IllegalArgumentException("a reply is missing");
    }
    if (skipIf('[')) {
      return new Ordered(items(']'));
    }
    if (skipIf('{')) {
      return unordered(stride);
    }
    if (text.charAt(at) == '"') {
      Words.Quoted quoted = Words.quoted(text, at);
      at = quoted.end();
      return new Text(quoted.text());
    }
    return word(bareWord());
  }

  private Unordered unordered(int stride) {
    List<ReplyPattern> items = items('}');
    if (items.size() % stride != 0) {
      throw new IllegalArgumentException(items.size() + " items, not a multiple of " + stride);
    }
    return new Unordered(items, stride);
  }

  private List<ReplyPattern> items(char end) {
    List<ReplyPattern> items = new ArrayList<>();
    skipBlanks();
    while (!skipIf(end)) {
      if (at >= text.length()) {
        throw new IllegalArgumentException("'" + end + "' is missing");
      }
      items.add(item(1));
      skipBlanks();
    }
    return items;
  }

  private String bareWord() {
    int start = at;
    while (at < text.length() && ENDS_WORD.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("'" + text.charAt(at) + "' is not expected here");
    }
    return text.substring(start, at);
  }

  private static ReplyPattern word(String word) {
    if (word.equals("nil")) {
      return new Nil();
    }
    if (word.equals("*")) {
      return new Anything();
    }
    if (word.startsWith("~")) {
      return new About(Long.parseLong(word.substring(1)));
    }
    return word.startsWith("!") ? new Refusal(word.substring(1)) : new Text(word);
  }

  private boolean skipIf(char wanted) {
    boolean found = at < text.length() && text.charAt(at) == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}

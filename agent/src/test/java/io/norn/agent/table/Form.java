package io.norn.agent.table;

import io.norn.command.CommandRule;
import io.norn.command.CommandTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A form of a write command: one line of {@code command-forms.txt}, which says how to read it.
 *
 * @param before commands that make the keys it needs
 * @param words the form
 * @param isNew true if older servers know the command, but not in this form
 * @param arrives names of the commands that may stand in the stream for it
 */
record Form(List<List<String>> before, List<String> words, boolean isNew, Set<String> arrives) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String FILE = "/table/command-forms.txt";

  static List<Form> all() {
    try (InputStream in = Form.class.getResourceAsStream(FILE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Form::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Form of(String line) {
    String[] parts = line.split("\\|", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(FILE + ": three columns needed: " + line);
    }
    String form = parts[1].strip();
    boolean isNew = form.startsWith("? ");
    return new Form(
        parts[0].isBlank()
            ? List.of()
            : List.of(parts[0].split(";", 0)).stream().map(Form::words).toList(),
        words(isNew ? form.substring(2) : form),
        isNew,
        Set.copyOf(words(parts[2])));
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(Form::word).toList();
  }

  private static String word(MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1).replace("\\n", "\n");
  }

  CommandRule rule() {
    return rule(words);
  }

  /** The table's line for a command, or for the subcommand that it is. */
  static CommandRule rule(List<String> words) {
    String name = words.get(0).toUpperCase(Locale.ROOT);
    String longName = String.join(" ", words.subList(0, Math.min(2, words.size())));
    return CommandTable.rules().stream()
        .filter(rule -> rule.name().equals(name) || rule.name().equalsIgnoreCase(longName))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the table does not describe " + longName));
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}

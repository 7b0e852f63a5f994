package io.norn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of {@code docs/FAULTS.md} names tests, and they are there. */
final class FaultsTest {
  private static final Path ROOT = Path.of("..");
  private static final int ROWS = 34;
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+) \\|.*\\|.*\\| ([^|]*) \\|$", Pattern.MULTILINE);
  private static final Pattern TEST = Pattern.compile("`(\\w+)(?:#(\\w+))?`");

  private final List<MatchResult> rows = rows();

  private static List<MatchResult> rows() {
    try {
      return ROW.matcher(Files.readString(ROOT.resolve("docs/FAULTS.md"))).results().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldHaveEveryRow() {
    assertThat(rows.stream().map(row -> Integer.parseInt(row.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).boxed().toList());
  }

  @Test
  void shouldNameTestsThatAreThere() throws IOException {
    Map<String, String> sources = tests();
    for (MatchResult row : rows) {
      List<MatchResult> named = TEST.matcher(row.group(2)).results().toList();
      assertThat(named).as("tests of row %s", row.group(1)).isNotEmpty();
      for (MatchResult test : named) {
        String source = sources.get(test.group(1));
        assertThat(source).as("%s of row %s", test.group(), row.group(1)).isNotNull();
        if (test.group(2) != null) {
          assertThat(source).as("row %s", row.group(1)).contains(" " + test.group(2) + "(");
        }
      }
    }
  }

  /** Sources by name of class. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> sources = new HashMap<>();
    Matcher name = Pattern.compile("(\\w+(?:IT|Test))\\.java").matcher("");
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(each -> each.toString().contains("src/test/java")).toList()) {
        if (name.reset(file.getFileName().toString()).matches()) {
          sources.merge(name.group(1), Files.readString(file), String::concat);
        }
      }
    }
    return sources;
  }
}

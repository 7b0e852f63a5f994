package io.norn.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users read what the code does. {@code -Dnorn.docs=write} writes it. */
class CommandDocsTest {
  private static final Path FILE = Path.of("..", "docs", "commands.md");

  @ParameterizedTest
  @EnumSource
  void shouldDocumentTheRules(CommandGroup group) throws IOException {
    String text = Files.readString(FILE);
    String begin = "<!-- " + group + ": from the code -->\n";
    String end = "<!-- end -->\n";
    assertThat(text).contains("## " + group.title() + "\n", begin);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end, from);
    if ("write".equals(System.getProperty("norn.docs"))) {
      text = text.substring(0, from) + CommandTables.table(group) + text.substring(to);
      Files.writeString(FILE, text);
    }
    assertThat(text.substring(from, text.indexOf(end, from)))
        .as("table of %s in %s; -Dnorn.docs=write writes it", group, FILE)
        .isEqualTo(CommandTables.table(group));
  }
}

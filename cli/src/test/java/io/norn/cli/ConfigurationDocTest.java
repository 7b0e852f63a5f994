package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that lists the directives, against the parser. */
final class ConfigurationDocTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  /** A table row: {@code | `name VALUES` | default | meaning |}; a pipe within stands escaped. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z-]+) [^`]+` \\|((?:[^|]|\\\\\\|)*)\\|.*\\|$", Pattern.MULTILINE);

  private static final Pattern LITERAL = Pattern.compile("`(.*)`");

  @Test
  void shouldListEveryDirectiveAndNoOther() throws Exception {
    assertThat(documented().keySet()).containsExactlyInAnyOrderElementsOf(inForce().keySet());
  }

  @Test
  void shouldNameTheDefaultsThatAreInForce() throws Exception {
    Map<String, String> inForce = inForce();
    documented()
        .forEach(
            (name, text) -> {
              Matcher literal = LITERAL.matcher(text);
              if (literal.matches() && !inForce.containsKey(literal.group(1))) {
                assertThat(inForce.get(name)).as("default of %s", name).isEqualTo(literal.group(1));
              } else if (text.isEmpty() && !name.equals("local")) {
                assertThat(inForce.get(name)).as("default of %s", name).isEmpty();
              }
            });
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    Matcher row = ROW.matcher(Files.readString(PAGE));
    while (row.find()) {
      rows.put(row.group(1), row.group(2).strip());
    }
    return rows;
  }

  private static Map<String, String> inForce() throws ConfigException {
    return AgentConfig.load(List.of("--node-id", "x", "--local", "127.0.0.1", "6379")).directives();
  }
}

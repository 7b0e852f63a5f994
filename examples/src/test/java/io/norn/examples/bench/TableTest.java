package io.norn.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TableTest {
  private final Table table = new Table("a \"title\"");

  @Test
  void shouldAlignColumnsAndLeaveGaps() {
    table.put("plain", "p50", 0.1234);
    table.put("Norn", "p50", 12.34);
    table.put("Norn", "max", 1234.5);

    assertThat(table.text())
        .isEqualTo(
            """
            a "title"
                          p50         max
            plain       0.123           \s
            Norn         12.3       1,235
            """
                .replace("\\s", " "));
  }

  @Test
  void shouldPrintJsonWithEveryNumberInFull() {
    table.put("Norn", "p50", 0.1234567);
    table.put("Norn", "count", 2_000_000);

    assertThat(table.json())
        .isEqualTo(
            "{\"title\":\"a \\\"title\\\"\",\"Norn\":{\"p50\":0.1234567,\"count\":2000000}}");
  }
}

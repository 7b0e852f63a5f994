package io.norn.agent.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.CommandRule;
import io.norn.command.CommandTable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormTest {
  /** Only a server in cluster mode has it. */
  private static final String IN_CLUSTERS_ONLY = "CLUSTER FLUSHSLOT";

  @Test
  void shouldTryEveryCommandOfTheTable() {
    Set<String> tried =
        Form.all().stream().map(form -> form.rule().name()).collect(Collectors.toSet());
    List<String> untried =
        CommandTable.rules().stream()
            .map(CommandRule::name)
            .filter(name -> !tried.contains(name))
            .toList();
    assertThat(untried).containsExactly(IN_CLUSTERS_ONLY);
  }

  @Test
  void shouldReadQuotedWords() {
    assertThat(Form.all())
        .filteredOn(form -> form.words().get(0).equals("MIGRATE"))
        .anySatisfy(form -> assertThat(form.words()).contains(""));
  }
}

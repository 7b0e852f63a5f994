package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ManPageTest {
  private static final Path LINT = Path.of("/usr/bin/mandoc");

  private static List<CommandLine> all(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(each -> all.addAll(all(each)));
    return all;
  }

  @Test
  void shouldSayWhatTheHelpSays() {
    CommandLine verify = Main.commandLine().getSubcommands().get("verify");
    assertThat(ManPage.of(verify))
        .startsWith(".TH NORN\\-VERIFY 1")
        .contains(".SH SYNOPSIS", "\\-\\-repair NODE", ".SH EXIT STATUS", "norn(1)")
        .doesNotContain("${");
  }

  @Test
  void shouldListTheCommandsButNotTheHiddenOnes() {
    assertThat(ManPage.of(Main.commandLine()))
        .contains(".SH COMMANDS", ".B verify", ".B doctor")
        .doesNotContain("rehearse");
  }

  @Test
  void shouldBeWellFormedForEveryCommand() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(LINT), "skipped: there is no mandoc, 'apt-get install mandoc' gets one");
    for (CommandLine command : all(Main.commandLine())) {
      assertThat(complaints(ManPage.of(command)))
          .as(command.getCommandSpec().qualifiedName())
          .isEmpty();
    }
  }

  private static String complaints(String page) throws IOException, InterruptedException {
    Process lint =
        new ProcessBuilder(LINT.toString(), "-T", "lint", "-W", "error")
            .redirectErrorStream(true)
            .start();
    lint.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    lint.getOutputStream().close();
    String said = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    lint.waitFor();
    return said;
  }
}

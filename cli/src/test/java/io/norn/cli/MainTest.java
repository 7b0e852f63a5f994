package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int norn(String... arguments) {
    CommandLine norn = Main.commandLine();
    norn.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return norn.execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "agent --help",
        "peer --help",
        "peer add --help",
        "peer remove --help",
        "peer list --help",
        "peer pause --help",
        "peer resume --help",
        "status --help",
        "verify --help",
        "doctor --help",
        "conflicts --help",
        "journal --help",
        "journal tail --help",
        "config --help",
        "config set --help",
        "demo --help",
        "bench --help",
        "completion --help",
        "man --help"
      })
  void shouldExplainEveryCommand(String line) {
    assertThat(norn(line.split(" "))).isEqualTo(ExitCode.FINE);
    assertThat(out.toString()).startsWith("Usage: norn").contains("-h, --help");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | missing command",
        "peer                          | missing command",
        "sing                          | sing",
        "status --colour               | --colour",
        "peer add 10.0.0.3             | PORT",
        "peer add 10.0.0.3 70000       | 70000",
        "peer remove 10.0.0.3 redis    | 'redis' is not a port number",
        "journal                       | missing command",
        "config                        | missing command",
        "config set timeout            | VALUE",
        "conflicts -n x                | -n",
        "status --password-file /no -a h:1 | --password-file /no cannot be read",
        "man nothing                   | no command 'nothing'",
        "status -a nowhere             | 'nowhere' is not HOST:PORT"
      })
  void shouldSayInOneLineWhatIsWrongWithTheUsage(String line, String expected) {
    assertThat(norn(line.isBlank() ? new String[0] : line.trim().split(" ")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("norn: ").contains(expected).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "peer list",
        "peer add 10.0.0.3 6379",
        "peer pause 10.0.0.3 6379",
        "verify",
        "doctor",
        "conflicts",
        "journal list",
        "journal stat",
        "journal tail",
        "config get",
        "config set timeout 5",
        "config reload"
      })
  void shouldTellThatNoAgentIsThere(String line) {
    assertThat(norn((line + " -a 127.0.0.1:1").split(" "))).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString()).contains("no agent at 127.0.0.1:1").hasLineCount(1);
  }

  @Test
  void shouldCompleteEveryCommand() {
    norn("completion");
    assertThat(out.toString()).contains("verify", "doctor", "conflicts", "journal", "--repair");
  }

  @Test
  void shouldCompleteInShells() {
    assertThat(norn("completion")).isEqualTo(ExitCode.FINE);
    assertThat(out.toString()).contains("complete -F").contains("status");
  }

  @Test
  void shouldNotShowTheRehearsalOfTheLauncher() {
    assertThat(norn("rehearse")).isEqualTo(ExitCode.FINE);
    assertThat(out.toString() + err).isEmpty();
    norn("--help");
    assertThat(out.toString()).doesNotContain("rehearse");
  }
}

package io.norn.agent.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.CommandRule;
import io.norn.command.CommandTable;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks servers for their write commands. */
class CommandTableIT {

  /** Of the table's own words, for what leaves nothing or anything in a stream. */
  private static final Set<String> NO_COMMANDS = Set.of("nothing", "its effects");

  @ParameterizedTest
  @MethodSource("io.norn.agent.table.Servers#all")
  void shouldDescribeEveryWriteCommandOfAServer(ServerBinary binary) throws IOException {
    List<String> undescribed =
        commands(binary).stream()
            .filter(CommandInfo::writes)
            .map(CommandInfo::name)
            .filter(name -> !CommandTable.describes(name))
            .toList();
    assertThat(undescribed).as("write commands of %s without a rule", binary).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.norn.agent.table.Servers#all")
  void shouldFindWriteCommandsAmongSubcommandsToo(ServerBinary binary) throws IOException {
    Set<String> writes =
        commands(binary).stream()
            .filter(CommandInfo::writes)
            .map(CommandInfo::name)
            .collect(Collectors.toSet());
    assertThat(writes).hasSizeGreaterThan(90).contains("SET", "XGROUP CREATE", "FUNCTION LOAD");
  }

  @ParameterizedTest
  @MethodSource("io.norn.agent.table.Servers#all")
  void shouldLearnNothingFromAServerWithoutModules(ServerBinary binary) throws IOException {
    try (ServerProcess server = ServerProcess.start(binary);
        ServerConnection connection = server.connect()) {
      assertThat(CommandKeys.learn(connection)).isEmpty();
      connection.require("ACL", "SETUSER", "default", "-command");
      assertThat(CommandKeys.learn(connection)).as("from a server that does not tell").isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.norn.agent.table.Servers#all")
  void shouldNameOnlyCommandsThatStandInStreamsForThoseThatDoNot(ServerBinary binary)
      throws IOException {
    Set<String> known =
        commands(binary).stream().map(CommandInfo::name).collect(Collectors.toSet());
    List<CommandRule> standing =
        CommandTable.rules().stream().filter(CommandRule::standsInStreams).toList();
    Set<String> names = standing.stream().map(CommandRule::name).collect(Collectors.toSet());
    for (CommandRule rule : CommandTable.rules()) {
      if (known.contains(rule.name())) {
        assertThat(rule.arrivesAs())
            .as("what %s arrives as", rule.name())
            .allMatch(name -> names.contains(name) || NO_COMMANDS.contains(name));
      }
    }
  }

  private static List<CommandInfo> commands(ServerBinary binary) throws IOException {
    try (ServerProcess server = ServerProcess.start(binary);
        ServerConnection connection = server.connect()) {
      return CommandInfo.all(connection);
    }
  }
}

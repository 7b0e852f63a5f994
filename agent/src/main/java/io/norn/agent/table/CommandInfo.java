package io.norn.agent.table;

import io.norn.command.KeySpec;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server says about a command.
 *
 * @param name in upper case; that of a subcommand behind its container's and a blank
 * @param flags such as {@code write}
 * @param keys where its keys are, as far as that can be said without looking at a command
 */
public record CommandInfo(String name, Set<String> flags, List<KeySpec> keys) {
  private static final int NAME = 0;
  private static final int FLAGS = 2;
  private static final int KEY_SPECS = 8;
  private static final int SUBCOMMANDS = 9;

  /**
   * All commands and subcommands of a server.
   *
   * @throws io.norn.server.ServerRefusedException if the user may not ask
   */
  public static List<CommandInfo> all(ServerConnection server) throws IOException {
    return flatten((List<?>) server.require("COMMAND")).toList();
  }

  private static Stream<CommandInfo> flatten(List<?> commands) {
    return commands.stream().map(each -> (List<?>) each).flatMap(CommandInfo::withSubcommands);
  }

  private static Stream<CommandInfo> withSubcommands(List<?> command) {
    CommandInfo info =
        new CommandInfo(
            text(command.get(NAME)).toUpperCase(Locale.ROOT).replace('|', ' '),
            texts((List<?>) command.get(FLAGS)),
            KeySpecReply.parseAll((List<?>) command.get(KEY_SPECS)));
    return Stream.concat(Stream.of(info), flatten((List<?>) command.get(SUBCOMMANDS)));
  }

  /** True if it changes data. */
  public boolean writes() {
    return flags.contains("write");
  }

  static String text(Object reply) {
    return ServerConnection.text(reply);
  }

  static Set<String> texts(List<?> replies) {
    return replies.stream().map(CommandInfo::text).collect(Collectors.toUnmodifiableSet());
  }
}

package io.norn.agent.table;

import io.norn.command.CommandTable;
import io.norn.command.KeySpec;
import io.norn.server.ServerConnection;
import io.norn.server.ServerRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the keys of those write commands are that only this server knows: its modules'. */
public final class CommandKeys {
  private static final Logger LOG = LoggerFactory.getLogger(CommandKeys.class);

  private CommandKeys() {}

  /** Asks a server; nothing is known if its user may not ask. */
  public static Map<String, List<KeySpec>> learn(ServerConnection server) throws IOException {
    try {
      Map<String, List<KeySpec>> keys =
          CommandInfo.all(server).stream()
              .filter(info -> info.writes() && !CommandTable.describes(info.name()))
              .collect(Collectors.toUnmodifiableMap(CommandInfo::name, CommandInfo::keys));
      warn(keys);
      return keys;
    } catch (ServerRefusedException e) {
      LOG.info("Commands of modules are not known: {}", e.getMessage());
      return Map.of();
    }
  }

  private static void warn(Map<String, List<KeySpec>> keys) {
    List<String> unclear =
        keys.keySet().stream()
            .filter(name -> keys.get(name).isEmpty() && !hasSubcommands(name, keys.keySet()))
            .sorted()
            .toList();
    if (!unclear.isEmpty()) {
      LOG.warn("The server does not say where the keys of {} are: not merged", unclear);
    }
  }

  private static boolean hasSubcommands(String name, Set<String> names) {
    return names.stream().anyMatch(other -> other.startsWith(name + ' '));
  }
}

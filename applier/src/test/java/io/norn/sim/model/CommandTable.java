package io.norn.sim.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All commands of the model by name. */
final class CommandTable {
  private static final Map<String, Command> COMMANDS = new HashMap<>();

  static {
    List<Command.Family> families =
        List.of(
            StringCommands::addTo,
            CounterCommands::addTo,
            KeyCommands::addTo,
            ExpiryCommands::addTo,
            HashCommands::addTo,
            SetCommands::addTo,
            SortedSetCommands::addTo,
            ListCommands::addTo,
            StoreCommands::addTo,
            StreamCommands::addTo,
            ServerCommands::addTo);
    families.forEach(family -> family.addTo(COMMANDS));
  }

  private CommandTable() {}

  static Command find(String name) {
    return COMMANDS.get(name.toUpperCase(Locale.ROOT));
  }
}

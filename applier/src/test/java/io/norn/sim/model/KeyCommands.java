package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands for keys of any type. */
final class KeyCommands {
  private KeyCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("DEL", new Command(-2, KeyCommands::delete));
    table.put("UNLINK", new Command(-2, KeyCommands::delete));
    table.put("EXISTS", new Command(-2, KeyCommands::exists));
    table.put("TYPE", new Command(2, KeyCommands::type));
    table.put("SCAN", new Command(-2, KeyCommands::scan));
    table.put("DUMP", new Command(2, KeyCommands::dump));
    table.put("RESTORE", new Command(-4, RestoreCommand::run));
  }

  private static Object delete(Call call) {
    long deleted = 0;
    for (int i = 1; i < call.size(); i++) {
      if (call.find(call.word(i)) != null) {
        call.remove(call.word(i));
        deleted++;
      }
    }
    return deleted;
  }

  private static Object exists(Call call) {
    long count = 0;
    for (int i = 1; i < call.size(); i++) {
      count += call.find(call.word(i)) == null ? 0 : 1;
    }
    return count;
  }

  private static Object type(Call call) {
    Slot slot = call.find(call.word(1));
    return slot == null ? "none" : slot.value().type();
  }

  private static Object dump(Call call) {
    Slot slot = call.find(call.word(1));
    return slot == null ? null : Text.bytes(Payload.of(slot.value()));
  }

  /** Everything in one page, which a server may do too; it deletes expired keys one by one. */
  private static Object scan(Call call) {
    List<Object> found = new ArrayList<>();
    for (String key : List.copyOf(call.keys().keySet())) {
      if (call.findAlone(key) != null) {
        found.add(Text.bytes(key));
      }
    }
    return List.of(Text.bytes("0"), found);
  }
}

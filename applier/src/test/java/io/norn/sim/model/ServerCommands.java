package io.norn.sim.model;

import java.util.List;
import java.util.Map;

/** Commands for the server as a whole. */
final class ServerCommands {
  private ServerCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("PING", new Command(-1, call -> "PONG"));
    table.put("SELECT", new Command(2, ServerCommands::select));
    table.put("PUBLISH", new Command(3, ServerCommands::publish));
    table.put("SPUBLISH", new Command(3, ServerCommands::publish));
    table.put("FLUSHDB", new Command(-1, ServerCommands::flushOne));
    table.put("FLUSHALL", new Command(-1, ServerCommands::flushAll));
    table.put("UNWATCH", new Command(1, ServerCommands::unwatch));
  }

  private static Object select(Call call) {
    long database = call.integer(1);
    if (database < 0 || database >= Dataset.DATABASES) {
      throw new CommandFailure("ERR DB index is out of range");
    }
    call.connection().select((int) database);
    return "OK";
  }

  private static Object publish(Call call) {
    call.force();
    return 0L;
  }

  private static Object unwatch(Call call) {
    call.connection().unwatch();
    return "OK";
  }

  private static Object flushOne(Call call) {
    flush(call, call.connection().database());
    return "OK";
  }

  private static Object flushAll(Call call) {
    for (int i = 0; i < Dataset.DATABASES; i++) {
      flush(call, i);
    }
    return "OK";
  }

  private static void flush(Call call, int database) {
    ModelServer server = call.server();
    List<String> keys = List.copyOf(server.dataset().database(database).keySet());
    server.dataset().database(database).clear();
    keys.forEach(key -> server.touch(database, key));
    call.force();
  }
}

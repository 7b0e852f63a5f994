package io.norn.agent.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a scenario leaves on a server. */
final class Remains {
  private static final Pattern DATABASE = Pattern.compile("(?m)^db(\\d+):");
  private static final String RESERVED = "__norn";

  private Remains() {}

  /** Commands that remove it. */
  static List<Step.Command> removal(ServerConnection server) throws IOException {
    List<Step.Command> commands = new ArrayList<>();
    for (MatchResult db :
        DATABASE.matcher(server.requireText("INFO", "keyspace")).results().toList()) {
      int number = Integer.parseInt(db.group(1));
      for (String key : keys(server, number)) {
        commands.add(new Step.Command(number, List.of("DEL", key)));
      }
    }
    if (!((List<?>) server.require("FUNCTION", "LIST")).isEmpty()) {
      commands.add(new Step.Command(0, List.of("FUNCTION", "FLUSH")));
    }
    return commands;
  }

  private static List<String> keys(ServerConnection server, int db) throws IOException {
    server.require("SELECT", Integer.toString(db));
    List<String> keys = new ArrayList<>();
    for (Object name : (List<?>) server.require("KEYS", "*")) {
      String key = new String((byte[]) name, ISO_8859_1);
      if (!key.startsWith(RESERVED)) {
        keys.add(key);
      }
    }
    server.require("SELECT", "0");
    return keys;
  }
}

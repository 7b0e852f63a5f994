package io.norn.agent.scenario;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ends of replication streams. */
final class Offsets {
  private static final Pattern END = Pattern.compile("(?m)^master_repl_offset:(\\d+)");

  private Offsets() {}

  static long end(ServerConnection server) throws IOException {
    return end(server.require("INFO", "replication"));
  }

  /** As the reply to {@code INFO replication} says. */
  static long end(Object info) {
    Matcher matcher = END.matcher(ServerConnection.text(info));
    if (!matcher.find()) {
      throw new IllegalStateException("no master_repl_offset in: " + ServerConnection.text(info));
    }
    return Long.parseLong(matcher.group(1));
  }
}

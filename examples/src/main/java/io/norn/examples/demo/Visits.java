package io.norn.examples.demo;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.List;

/** The counters of the demo, which nobody deletes, so that their sum can be foretold. */
final class Visits {
  static final String PREFIX = "visits";

  private Visits() {}

  /** The sum of all counters of a server. */
  static long sum(ServerConnection connection) throws IOException {
    long sum = 0;
    if (connection.require("KEYS", PREFIX + ":*") instanceof List<?> keys) {
      for (Object key : keys) {
        sum += Long.parseLong(connection.requireText("GET", ServerConnection.text(key)));
      }
    }
    return sum;
  }
}

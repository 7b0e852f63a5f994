package io.norn.agent.link;

import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import java.io.IOException;

/** Asks other agents what they hold. */
final class RemoteJournals {
  private static final int TIMEOUT_MILLIS = 2000;

  private RemoteJournals() {}

  /** Up to where the agent holds a stream; -1 if it does not at all. */
  static long endOf(Endpoint agent, String stream) throws IOException {
    try (ServerConnection connection = ServerConnection.open(agent, TIMEOUT_MILLIS)) {
      Object end = connection.require("JOURNAL", "END", stream);
      return end instanceof Long offset ? offset : -1;
    }
  }
}

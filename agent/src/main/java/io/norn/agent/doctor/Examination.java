package io.norn.agent.doctor;

import io.norn.agent.node.NodeRecord;
import io.norn.net.Endpoint;
import io.norn.psync.PrimaryInfo;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Looks at one server, and changes nothing there. */
final class Examination {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final List<String> DIRECTIVES =
      List.of(
          "repl-backlog-size",
          "repl-backlog-ttl",
          "client-output-buffer-limit",
          "notify-keyspace-events",
          "maxmemory",
          "maxmemory-policy",
          "save",
          "appendonly",
          "min-replicas-to-write",
          "cluster-enabled");

  private Examination() {}

  /** Which of the servers it is. */
  enum Whose {
    OWN,
    PEER
  }

  /**
   * Looks.
   *
   * @throws IOException if it cannot be reached or refuses; one line for users
   */
  static ServerFacts of(Endpoint endpoint, Whose whose) throws IOException {
    try (ServerConnection server = ServerConnection.open(endpoint, TIMEOUT_MILLIS)) {
      PrimaryInfo info = PrimaryInfo.parse(server.requireText("INFO"));
      OptionalLong ahead = aheadMillis(server);
      Map<String, String> config = config(server);
      NodeRecord record = NodeRecord.read(server);
      List<String> denied =
          whose == Whose.OWN ? Rights.deniedAtOwn(server) : Rights.deniedAtPeer(server);
      return new ServerFacts(endpoint.address(), info, config, ahead, record, denied);
    }
  }

  private static Map<String, String> config(ServerConnection server) throws IOException {
    Map<String, String> config = new HashMap<>();
    for (String name : DIRECTIVES) {
      if (server.call("CONFIG", "GET", name) instanceof List<?> pair && pair.size() == 2) {
        config.put(ServerConnection.text(pair.get(0)), ServerConnection.text(pair.get(1)));
      }
    }
    return config;
  }

  /** The question and its answer take time: the clock was looked at about in the middle. */
  private static OptionalLong aheadMillis(ServerConnection server) throws IOException {
    long askedMillis = System.currentTimeMillis();
    Object reply = server.call("TIME");
    long answeredMillis = System.currentTimeMillis();
    if (!(reply instanceof List<?> time) || time.size() != 2) {
      return OptionalLong.empty();
    }
    long seconds = Long.parseLong(ServerConnection.text(time.get(0)));
    long micros = Long.parseLong(ServerConnection.text(time.get(1)));
    return OptionalLong.of(seconds * 1000 + micros / 1000 - (askedMillis + answeredMillis) / 2);
  }
}

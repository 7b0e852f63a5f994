package io.norn.agent.node;

import io.norn.clock.StreamId;
import io.norn.net.Address;
import io.norn.server.ServerConnection;
import io.norn.stream.Reserved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this agent writes about its node into the reserved key.
 *
 * @param incarnation of the data directory
 * @param instance of the running agent
 * @param stream under which it stamps
 * @param announced its own port, for other agents
 * @param policies how it decides, which must be the same on all nodes
 */
public record ReservedKey(
    String incarnation, String instance, StreamId stream, Address announced, String policies) {

  /**
   * Writes everything but ticks, unless the server is another node's: from then on the server says
   * whose it is.
   *
   * @return the id of the node whose server it is
   */
  public String claim(ServerConnection server, List<String> follows) throws IOException {
    while (true) {
      server.require("WATCH", Reserved.NODE_KEY);
      String owner = server.requireText("HGET", Reserved.NODE_KEY, NodeRecord.NODE);
      if (!owner.isEmpty() && !owner.equals(stream.node())) {
        return owner;
      }
      server.require("MULTI");
      write(server, follows);
      if (server.require("EXEC") != null) {
        return stream.node();
      }
    }
  }

  /** Writes everything but ticks. */
  public void write(ServerConnection server, List<String> follows) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(NodeRecord.NODE, stream.node());
    fields.put(NodeRecord.INCARNATION, incarnation);
    fields.put(NodeRecord.ADDRESS, announced.toString());
    fields.put(NodeRecord.POLICIES, policies);
    fields.put(NodeRecord.FORMAT, NodeRecord.CURRENT_FORMAT);
    fields.put(NodeRecord.STREAM, stream.stream());
    fields.put(NodeRecord.FOLLOWS, String.join(",", follows));
    fields.put(NodeRecord.INSTANCE, instance);
    List<String> command = new ArrayList<>(List.of("HSET", Reserved.NODE_KEY));
    fields.forEach(
        (field, value) -> {
          command.add(field);
          command.add(value);
        });
    server.require(command.toArray(String[]::new));
  }
}

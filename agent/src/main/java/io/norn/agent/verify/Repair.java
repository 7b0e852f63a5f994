package io.norn.agent.verify;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes differing keys equal: the value of one node is written there once more, as a client would,
 * so that it gets a new stamp and goes to all others; where that node has no value, the others
 * delete theirs. A key that a client writes to meanwhile is left alone.
 */
final class Repair {
  private final List<VerifiedNode> nodes;
  private final VerifiedNode source;
  private final Results results;

  Repair(List<VerifiedNode> nodes, VerifiedNode source, Results results) {
    this.nodes = nodes;
    this.source = source;
    this.results = results;
  }

  void run(List<Difference> differences) throws IOException {
    for (Difference difference : differences) {
      if (repair(difference.suspect())) {
        results.repaired();
      }
    }
  }

  private boolean repair(Suspect suspect) throws IOException {
    source.select(suspect.db());
    ServerConnection data = source.data();
    data.require(bytes("WATCH"), suspect.key());
    Object payload = data.call(bytes("DUMP"), suspect.key());
    Object expireAt = data.call(bytes("PEXPIRETIME"), suspect.key());
    if (payload instanceof byte[] raw) {
      return write(data, suspect.key(), raw, expireAt instanceof Long at ? Math.max(0, at) : 0);
    }
    data.require("UNWATCH");
    return deleteElsewhere(suspect);
  }

  private static boolean write(ServerConnection data, byte[] key, byte[] payload, long expireAt)
      throws IOException {
    data.send("MULTI");
    data.send(
        bytes("RESTORE"),
        key,
        bytes(Long.toString(expireAt)),
        payload,
        bytes("REPLACE"),
        bytes("ABSTTL"));
    data.send("EXEC");
    List<Object> replies = data.receiveAll();
    return isFine(replies.get(replies.size() - 1));
  }

  private boolean deleteElsewhere(Suspect suspect) throws IOException {
    boolean isFine = true;
    for (VerifiedNode node : nodes) {
      node.select(suspect.db());
      isFine &= isFine(node.data().call(bytes("DEL"), suspect.key()));
    }
    return isFine;
  }

  private static boolean isFine(Object reply) {
    boolean hasFailed =
        reply == null
            || reply instanceof ServerError
            || (reply instanceof List<?> list
                && list.stream().anyMatch(ServerError.class::isInstance));
    return !hasFailed;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

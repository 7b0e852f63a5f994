package io.norn.agent.verify;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at some keys on all nodes such that what is seen must be equal: the keys are watched
 * everywhere, then everything written before is awaited everywhere, and then they are read in
 * transactions, which do not happen if anybody has touched one of the keys meanwhile.
 */
final class WatchedLook {
  private final List<VerifiedNode> nodes;
  private final Passage passage;

  WatchedLook(List<VerifiedNode> nodes, Passage passage) {
    this.nodes = nodes;
    this.passage = passage;
  }

  /** Those that differ; empty if one of the keys was touched, so that nothing is known. */
  Optional<List<Difference>> at(int db, List<Suspect> suspects)
      throws IOException, InterruptedException {
    try {
      List<List<String>> types = new ArrayList<>();
      for (VerifiedNode node : nodes) {
        types.add(watch(node, db, suspects));
      }
      passage.await();
      List<List<Fingerprint>> seen = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        Optional<List<Fingerprint>> fingerprints = read(nodes.get(i), suspects, types.get(i));
        if (fingerprints.isEmpty()) {
          return Optional.empty();
        }
        seen.add(fingerprints.get());
      }
      return Optional.of(differing(suspects, seen));
    } finally {
      for (VerifiedNode node : nodes) {
        node.data().require("UNWATCH");
      }
    }
  }

  /** Watches the keys and gives their types, which cannot change any more unnoticed. */
  private static List<String> watch(VerifiedNode node, int db, List<Suspect> suspects)
      throws IOException {
    node.select(db);
    ServerConnection data = node.data();
    for (Suspect suspect : suspects) {
      data.send(bytes("WATCH"), suspect.key());
      data.send(bytes("TYPE"), suspect.key());
    }
    List<String> types = new ArrayList<>();
    for (int i = 0; i < suspects.size(); i++) {
      required(data, data.receive());
      types.add(ServerConnection.text(required(data, data.receive())));
    }
    return types;
  }

  private static Optional<List<Fingerprint>> read(
      VerifiedNode node, List<Suspect> suspects, List<String> types) throws IOException {
    ServerConnection data = node.data();
    data.send("MULTI");
    for (int i = 0; i < suspects.size(); i++) {
      byte[] key = suspects.get(i).key();
      data.send(bytes("DUMP"), key);
      data.send(bytes("PEXPIRETIME"), key);
      if (isStream(types.get(i))) {
        StreamDigest.send(data, key);
      }
    }
    data.send("EXEC");
    List<Object> replies = data.receiveAll();
    Object executed = required(data, replies.get(replies.size() - 1));
    return executed instanceof List<?> results
        ? Optional.of(fingerprints(results, types))
        : Optional.empty();
  }

  private static List<Fingerprint> fingerprints(List<?> results, List<String> types)
      throws IOException {
    List<Fingerprint> fingerprints = new ArrayList<>();
    int next = 0;
    for (String type : types) {
      Object payload = results.get(next);
      long expireAtMillis = results.get(next + 1) instanceof Long at ? at : -1;
      next += 2;
      String digest = payload instanceof byte[] raw ? Canonical.ofValue(raw) : "";
      if (isStream(type)) {
        List<Object> replies = new ArrayList<>(results.subList(next, next + StreamDigest.COMMANDS));
        digest = StreamDigest.of(replies);
        next += StreamDigest.COMMANDS;
      }
      boolean isThere = payload instanceof byte[];
      fingerprints.add(isThere ? new Fingerprint(type, digest, expireAtMillis) : null);
    }
    return fingerprints;
  }

  private static boolean isStream(String type) {
    return type.equals("stream");
  }

  private List<Difference> differing(List<Suspect> suspects, List<List<Fingerprint>> seen) {
    List<String> names = nodes.stream().map(VerifiedNode::name).toList();
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < suspects.size(); i++) {
      List<Fingerprint> sides = new ArrayList<>();
      for (List<Fingerprint> ofNode : seen) {
        sides.add(ofNode.get(i));
      }
      if (sides.stream().distinct().count() > 1) {
        differences.add(new Difference(suspects.get(i), names, sides));
      }
    }
    return differences;
  }

  private static Object required(ServerConnection server, Object reply) throws IOException {
    if (reply instanceof ServerError error) {
      throw new IOException(server.endpoint() + ": " + error.message());
    }
    return reply;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package io.norn.agent.node;

import io.norn.clock.StreamId;
import io.norn.merge.OwedField;
import io.norn.server.ServerConnection;
import io.norn.stream.Progress;
import io.norn.stream.Reserved;
import io.norn.stream.VersionVector;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server holds about its node, in the two reserved keys.
 *
 * @param fields of {@code __norn}; empty if there is no agent
 * @param vector of {@code __norn:v}
 * @param owed changes that failed there and are still missing, by node
 */
public record NodeRecord(
    Map<String, String> fields, VersionVector vector, Map<String, OwedField> owed) {
  public static final String NODE = "node";
  public static final String INCARNATION = "agent";
  public static final String ADDRESS = "address";
  public static final String FORMAT = "format";
  public static final String STREAM = "s";
  public static final String FOLLOWS = "p";
  public static final String INSTANCE = "o";
  public static final String TICK = "t";

  /** How the node decides, which must be the same on all. */
  public static final String POLICIES = "c";

  /**
   * The node has to merge a peer's snapshot, and remembers what it executed that the peer lacks.
   */
  public static final String MERGES = "m";

  /** The same, without remembering. */
  public static final String MERGES_FORGETFUL = "f";

  /** Version of the layout of the reserved keys. */
  public static final String CURRENT_FORMAT = "1";

  /** Reads both keys at one moment. */
  public static NodeRecord read(ServerConnection server) throws IOException {
    server.send("MULTI");
    server.send("HGETALL", Reserved.NODE_KEY);
    server.send("HGETALL", Reserved.VECTOR_KEY);
    server.send("EXEC");
    List<Object> replies = server.receiveAll();
    Object exec = replies.get(replies.size() - 1);
    if (!(exec instanceof List<?> results)) {
      String answers = ServerConnection.text(replies.get(1)) + " " + ServerConnection.text(exec);
      throw new IOException(server.endpoint() + ": " + answers.strip());
    }
    Map<String, String> vector = hash(results.get(1));
    return new NodeRecord(
        hash(results.get(0)), VersionVector.ofFields(vector), OwedField.ofFields(vector));
  }

  private static Map<String, String> hash(Object reply) {
    Map<String, String> hash = new HashMap<>();
    if (reply instanceof List<?> flat) {
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        hash.put(ServerConnection.text(flat.get(i)), ServerConnection.text(flat.get(i + 1)));
      }
    }
    return hash;
  }

  public boolean hasAgent() {
    return fields.containsKey(NODE) && fields.containsKey(STREAM);
  }

  public String node() {
    return fields.getOrDefault(NODE, "");
  }

  public String incarnation() {
    return fields.getOrDefault(INCARNATION, "");
  }

  public StreamId stream() {
    return new StreamId(node(), fields.getOrDefault(STREAM, ""));
  }

  /** Node ids that the node follows, {@code ?} for peers that it does not know yet. */
  public List<String> follows() {
    String text = fields.getOrDefault(FOLLOWS, "");
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
  }

  /** Field that says what the node's running agent has to do with a peer's snapshot. */
  public static String mergeField(String peer) {
    return "m:" + peer;
  }

  /** True if the node has to merge the snapshot of this peer. */
  public boolean merges(String peer) {
    return notice(peer).equals(MERGES) || forgot(peer);
  }

  /** True if it has to, and may have forgotten what it executed that the peer lacks. */
  public boolean forgot(String peer) {
    return notice(peer).equals(MERGES_FORGETFUL);
  }

  /** What an agent wrote that does not run any more does not count. */
  private String notice(String peer) {
    String[] words = fields.getOrDefault(mergeField(peer), "").split(" ", -1);
    boolean isCurrent = words.length == 2 && words[0].equals(fields.get(INSTANCE));
    return isCurrent ? words[1] : "";
  }

  /** The largest hybrid clock value that the keys show. */
  public long largestHlc() {
    long largest = vector.entries().values().stream().mapToLong(Progress::largest).max().orElse(0);
    String tick = fields.getOrDefault(TICK, "0");
    int blank = tick.indexOf(' ');
    try {
      return Math.max(largest, Long.parseLong(blank < 0 ? tick : tick.substring(0, blank)));
    } catch (NumberFormatException e) {
      return largest;
    }
  }

  /** How far the node has taken in anything of another node, of any of its streams. */
  public boolean knows(String node) {
    return vector.entries().keySet().stream().anyMatch(stream -> stream.node().equals(node));
  }
}

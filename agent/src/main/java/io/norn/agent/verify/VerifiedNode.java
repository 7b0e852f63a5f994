package io.norn.agent.verify;

import io.norn.agent.node.NodeRecord;
import io.norn.clock.StreamId;
import io.norn.net.Endpoint;
import io.norn.psync.PrimaryInfo;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.Reserved;
import io.norn.stream.VersionVector;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One node as it is compared. Two connections: one for the data, on which keys are watched, and one
 * for positions, because reading those ends what is watched.
 */
final class VerifiedNode implements Closeable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final String KEYS_AT_ONCE = "500";

  private final String name;
  private final ServerConnection data;
  private final ServerConnection positions;
  private final StreamId stream;
  private int selected;

  /**
   * Some of a server's keys.
   *
   * @param cursor where the next page begins; {@code 0} if this was the last
   * @param keys their names, without those of Norn itself
   */
  record Page(String cursor, List<byte[]> keys) {}

  private VerifiedNode(
      String name, ServerConnection data, ServerConnection positions, StreamId stream) {
    this.name = name;
    this.data = data;
    this.positions = positions;
    this.stream = stream;
  }

  /**
   * Connects.
   *
   * @throws IOException if it cannot be reached, or has no agent; one line for users
   */
  static VerifiedNode open(Endpoint endpoint) throws IOException {
    ServerConnection positions = ServerConnection.open(endpoint, TIMEOUT_MILLIS);
    try {
      NodeRecord record = NodeRecord.read(positions);
      if (!record.hasAgent()) {
        throw new IOException(endpoint + ": no agent has run beside it yet");
      }
      ServerConnection data = ServerConnection.open(endpoint, TIMEOUT_MILLIS);
      return new VerifiedNode(record.node(), data, positions, record.stream());
    } catch (IOException e) {
      positions.close();
      throw e;
    }
  }

  /** Its node id. */
  String name() {
    return name;
  }

  StreamId stream() {
    return stream;
  }

  ServerConnection data() {
    return data;
  }

  SortedSet<Integer> databases() throws IOException {
    SortedSet<Integer> databases = new TreeSet<>();
    Pattern.compile("(?m)^db(\\d+):")
        .matcher(data.requireText("INFO", "keyspace"))
        .results()
        .forEach(found -> databases.add(Integer.valueOf(found.group(1))));
    return databases;
  }

  void select(int db) throws IOException {
    if (db != selected) {
      data.require("SELECT", Integer.toString(db));
      selected = db;
    }
  }

  long keys() throws IOException {
    return data.require("DBSIZE") instanceof Long keys ? keys : 0;
  }

  Page scan(String cursor) throws IOException {
    List<?> reply = (List<?>) data.require("SCAN", cursor, "COUNT", KEYS_AT_ONCE);
    List<byte[]> keys = new ArrayList<>();
    for (Object key : (List<?>) reply.get(1)) {
      if (key instanceof byte[] raw && !Reserved.isReserved(raw)) {
        keys.add(raw);
      }
    }
    return new Page(ServerConnection.text(reply.get(0)), keys);
  }

  /** Asks for what {@link #receiveFingerprints} reads, so that several servers work together. */
  void sendFingerprints(List<byte[]> keys) throws IOException {
    for (byte[] key : keys) {
      data.send(bytes("DUMP"), key);
      data.send(bytes("PEXPIRETIME"), key);
    }
  }

  /** How a payload is told from others. */
  interface Digest {
    String of(byte[] payload) throws IOException;
  }

  /** One value is held at a time; null for keys that are not there. */
  List<Fingerprint> receiveFingerprints(int count, Digest digest) throws IOException {
    List<Fingerprint> fingerprints = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Object payload = checked(data.receive());
      Object expiry = checked(data.receive());
      fingerprints.add(
          payload instanceof byte[] raw
              ? new Fingerprint("", digest.of(raw), (Long) expiry)
              : null);
    }
    return fingerprints;
  }

  private Object checked(Object reply) throws IOException {
    if (reply instanceof ServerError error) {
      throw new IOException(data.endpoint() + ": " + error.message());
    }
    return reply;
  }

  /** Which of the keys are missing. */
  List<byte[]> missing(List<byte[]> keys) throws IOException {
    for (byte[] key : keys) {
      data.send(bytes("EXISTS"), key);
    }
    List<byte[]> missing = new ArrayList<>();
    for (byte[] key : keys) {
      if (checked(data.receive()) instanceof Long found && found == 0) {
        missing.add(key);
      }
    }
    return missing;
  }

  /** End of its stream now. */
  long position() throws IOException {
    return PrimaryInfo.parse(positions.requireText("INFO", "replication")).masterReplOffset();
  }

  /** What it has taken in of all streams. */
  VersionVector vector() throws IOException {
    return NodeRecord.read(positions).vector();
  }

  /** Lets its agent write how far it is, which it otherwise does with changes only. */
  void askForVector() throws IOException {
    positions.require("SPUBLISH", Reserved.CHANNEL, Reserved.VECTOR_QUESTION);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    data.close();
    positions.close();
  }
}

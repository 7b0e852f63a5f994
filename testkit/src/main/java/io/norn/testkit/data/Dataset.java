package io.norn.testkit.data;

import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * All keys of a server with type, value and expiry, except Norn's own ({@code __norn…}).
 *
 * <p>Values are compared by content, not by how a server encodes them, so that servers of different
 * versions can be compared. Of streams the entries, the last id and each group's name, last
 * delivered id and pending entries with their consumers count; of types of modules the {@code
 * DUMP}.
 */
public final class Dataset {
  private final String source;
  private final Map<KeyName, Entry> entries;

  private Dataset(String source, Map<KeyName, Entry> entries) {
    this.source = source;
    this.entries = entries;
  }

  /**
   * Reads everything; keys that are written meanwhile are read at some point in between. Leaves the
   * connection in database 0.
   *
   * @throws IOException if the server does not answer, refuses, or changes a key again and again
   */
  public static Dataset read(ServerConnection connection) throws IOException {
    return new Dataset(connection.endpoint().toString(), new DatasetReader(connection).read());
  }

  /** As {@link #read(ServerConnection)}, over a connection of its own. */
  public static Dataset read(Endpoint endpoint) throws IOException {
    try (ServerConnection connection = ServerConnection.open(endpoint)) {
      return read(connection);
    }
  }

  /** The number of keys in all databases. */
  public int size() {
    return entries.size();
  }

  /**
   * One line for each key that differs in type, value or expiry, in the order of the keys; empty
   * when there is none.
   *
   * @param expiryToleranceMillis how far apart two expiry times may be; a key that never expires
   *     always differs from one that does
   */
  public List<String> differences(Dataset other, long expiryToleranceMillis) {
    TreeSet<KeyName> keys = new TreeSet<>(entries.keySet());
    keys.addAll(other.entries.keySet());
    Comparison comparison = new Comparison(source, other.source, expiryToleranceMillis);
    List<String> lines = new ArrayList<>();
    for (KeyName key : keys) {
      lines.addAll(comparison.lines(key, entries.get(key), other.entries.get(key)));
    }
    return lines;
  }

  @Override
  public String toString() {
    return source + ": " + entries.size() + " keys";
  }
}

package io.norn.testkit.data;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a whole server, database by database, some hundred keys at a time. */
final class DatasetReader {
  private static final int KEYS_PER_PIPELINE = 500;
  private static final String KEYS_PER_SCAN = "5000";
  private static final int MAX_TRIES = 50;

  private final ServerConnection connection;
  private final KeyReader keyReader;
  private final Map<KeyName, Entry> entries = new HashMap<>();

  DatasetReader(ServerConnection connection) throws IOException {
    this.connection = connection;
    this.keyReader = new KeyReader(connection);
  }

  Map<KeyName, Entry> read() throws IOException {
    for (int db : databases()) {
      connection.require("SELECT", Integer.toString(db));
      readDatabase(db);
    }
    connection.require("SELECT", "0");
    return entries;
  }

  private List<Integer> databases() throws IOException {
    return Pattern.compile("(?m)^db(\\d+):")
        .matcher(connection.requireText("INFO", "keyspace"))
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  /** Keys that changed between two looks at them are read again. */
  private void readDatabase(int db) throws IOException {
    List<KeyName> left = scan(db);
    for (int tries = 0; !left.isEmpty(); tries++) {
      if (tries == MAX_TRIES) {
        throw new IOException(
            connection.endpoint() + ": " + left.get(0) + " changes type all the time");
      }
      List<KeyName> changed = new ArrayList<>();
      for (int from = 0; from < left.size(); from += KEYS_PER_PIPELINE) {
        int to = Math.min(left.size(), from + KEYS_PER_PIPELINE);
        entries.putAll(keyReader.read(left.subList(from, to), changed));
      }
      left = changed;
    }
  }

  private List<KeyName> scan(int db) throws IOException {
    Set<KeyName> found = new LinkedHashSet<>();
    String cursor = "0";
    do {
      List<?> reply = (List<?>) connection.require("SCAN", cursor, "COUNT", KEYS_PER_SCAN);
      cursor = ServerConnection.text(reply.get(0));
      for (Object name : (List<?>) reply.get(1)) {
        found.add(new KeyName(db, (byte[]) name));
      }
    } while (!cursor.equals("0"));
    found.removeIf(KeyName::isOwnOfNorn);
    return List.copyOf(found);
  }
}

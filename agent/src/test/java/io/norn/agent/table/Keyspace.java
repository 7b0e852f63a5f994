package io.norn.agent.table;

import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * All keys of a server, byte for byte.
 *
 * @param states by key
 */
record Keyspace(Map<DbKey, State> states) {
  private static final Pattern DATABASE = Pattern.compile("db(\\d+):keys=");

  /**
   * A key.
   *
   * @param payload from {@code DUMP}
   * @param expiryMillis since the epoch; -1 for none
   */
  record State(Bytes payload, long expiryMillis) {}

  static Keyspace read(ServerConnection server) throws IOException {
    Map<DbKey, State> states = new TreeMap<>();
    List<MatchResult> databases =
        DATABASE.matcher(server.requireText("INFO", "keyspace")).results().toList();
    for (MatchResult database : databases) {
      int db = Integer.parseInt(database.group(1));
      select(server, db);
      for (Object name : (List<?>) server.require("KEYS", "*")) {
        states.put(DbKey.of(db, (byte[]) name), state(server, (byte[]) name));
      }
    }
    return new Keyspace(states);
  }

  private static State state(ServerConnection server, byte[] name) throws IOException {
    byte[] payload = (byte[]) server.require(bytes("DUMP"), name);
    return new State(new Bytes(payload), (long) server.require(bytes("PEXPIRETIME"), name));
  }

  /** Keys that are there in one of both only, or not the same in both. */
  Set<DbKey> differences(Keyspace other) {
    Set<DbKey> keys = new HashSet<>(states.keySet());
    keys.addAll(other.states.keySet());
    keys.removeIf(key -> Objects.equals(states.get(key), other.states.get(key)));
    return keys;
  }

  /** Makes a server hold just these keys. */
  void restore(ServerConnection server) throws IOException {
    server.require("FLUSHALL");
    for (Map.Entry<DbKey, State> entry : states.entrySet()) {
      State state = entry.getValue();
      select(server, entry.getKey().db());
      server.require(
          bytes("RESTORE"),
          entry.getKey().key().raw(),
          bytes(Long.toString(Math.max(0, state.expiryMillis()))),
          state.payload().raw(),
          bytes("ABSTTL"));
    }
  }

  static void select(ServerConnection server, int db) throws IOException {
    server.require("SELECT", Integer.toString(db));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

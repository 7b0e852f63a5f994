package io.norn.agent.doctor;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.Reserved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries what the agent's user may do, without doing it: a server checks rights when a command is
 * queued in a transaction, and this one is discarded.
 */
final class Rights {
  private static final String KEY = "norn-doctor";
  private static final String DENIED = "NOPERM";

  /** A command of each kind that is sent to the own server. */
  private static final List<List<String>> WRITES =
      List.of(
          List.of("SET", KEY, "v"),
          List.of("INCRBY", KEY, "1"),
          List.of("DEL", KEY),
          List.of("UNLINK", KEY),
          List.of("PEXPIREAT", KEY, "1"),
          List.of("PERSIST", KEY),
          List.of("HSET", KEY, "f", "v"),
          List.of("HDEL", KEY, "f"),
          List.of("SADD", KEY, "m"),
          List.of("SREM", KEY, "m"),
          List.of("ZADD", KEY, "1", "m"),
          List.of("RPUSH", KEY, "v"),
          List.of("LPOP", KEY),
          List.of("XADD", KEY, "*", "f", "v"),
          List.of("EVAL", "return 0", "1", KEY),
          List.of("PFADD", KEY, "e"),
          List.of("SETRANGE", KEY, "0", "v"),
          List.of("RENAME", KEY, KEY),
          List.of("RESTORE", KEY, "0", "payload"),
          List.of("DUMP", KEY),
          List.of("TYPE", KEY),
          List.of("PEXPIRETIME", KEY),
          List.of("SCAN", "0"),
          List.of("COMMAND", "COUNT"),
          List.of("SELECT", "0"));

  /** What is sent to every server that is read. */
  private static final List<List<String>> READS =
      List.of(
          List.of("PING"),
          List.of("INFO"),
          List.of("HGETALL", Reserved.NODE_KEY),
          List.of("HGETALL", Reserved.VECTOR_KEY),
          List.of("HSET", Reserved.NODE_KEY, "f", "v"),
          List.of("HDEL", Reserved.NODE_KEY, "f"),
          List.of("SPUBLISH", Reserved.CHANNEL, "m"),
          List.of("CONFIG", "GET", "maxmemory-policy"));

  private final ServerConnection server;
  private final List<String> denied = new ArrayList<>();

  private Rights(ServerConnection server) {
    this.server = server;
  }

  /** What may not be done at the own server. */
  static List<String> deniedAtOwn(ServerConnection server) throws IOException {
    Rights rights = new Rights(server);
    rights.tryQueued(WRITES);
    rights.tryOnly(List.of("WATCH", Reserved.VECTOR_KEY));
    rights.tryOnly(List.of("UNWATCH"));
    rights.tryReading();
    return rights.denied;
  }

  /** What may not be done at the server of a peer. */
  static List<String> deniedAtPeer(ServerConnection server) throws IOException {
    Rights rights = new Rights(server);
    rights.tryReading();
    return rights.denied;
  }

  private void tryReading() throws IOException {
    tryQueued(READS);
    tryOnly(List.of("REPLCONF", "capa", "psync2"));
    // Not a number: refused by who may use it, before anything begins.
    tryOnly(List.of("PSYNC", "?", "none"));
  }

  private void tryQueued(List<List<String>> commands) throws IOException {
    note(List.of("MULTI"), server.call("MULTI"));
    for (List<String> command : commands) {
      note(command, server.call(command.toArray(String[]::new)));
    }
    server.call("DISCARD");
  }

  private void tryOnly(List<String> command) throws IOException {
    note(command, server.call(command.toArray(String[]::new)));
  }

  private void note(List<String> command, Object reply) {
    if (reply instanceof ServerError error && error.code().equals(DENIED)) {
      denied.add(String.join(" ", command.subList(0, Math.min(2, command.size()))));
    }
  }
}

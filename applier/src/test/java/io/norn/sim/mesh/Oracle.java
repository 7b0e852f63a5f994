package io.norn.sim.mesh;

import io.norn.sim.model.Dialect;
import io.norn.sim.model.ErrorReply;
import io.norn.sim.model.ModelConnection;
import io.norn.sim.model.ModelServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * What the servers must hold: all operations of clients executed one after the other in stamp order
 * on one server. An operation that creates a value of another type removes the key first; one that
 * only removes elements of another type does nothing.
 */
final class Oracle {
  private final ModelServer server = new ModelServer(Dialect.VALKEY_8, "oracle");
  private final ModelConnection connection = server.connect();
  private final Collection<StampedOp> ops;

  Oracle(Collection<StampedOp> ops, long nowMillis) {
    this.ops = ops;
    server.setNowMillis(nowMillis);
  }

  /** The data after all operations. */
  SortedMap<String, String> result() {
    ops.stream().sorted().forEach(this::execute);
    return server.dump();
  }

  private void execute(StampedOp op) {
    connection.execute("SELECT", Integer.toString(op.database()));
    String[] words = unconditional(op.words());
    if (words[0].equals("XADD")) {
      int id = words.length - 3;
      words =
          new String[] {
            "EVAL", "", "1", words[1], "A", "3", words[id], words[id + 1], words[id + 2]
          };
    }
    Object reply = connection.execute(words);
    boolean isOtherType = reply instanceof ErrorReply error && error.code().equals("WRONGTYPE");
    if (isOtherType && creates(words[0])) {
      connection.execute("DEL", words[0].equals("EVAL") ? words[3] : words[1]);
      connection.execute(words);
    }
  }

  private static boolean creates(String name) {
    return !List.of("HDEL", "SREM", "ZREM", "XDEL").contains(name);
  }

  /** What stands in a stream has taken effect: its conditions have been met already. */
  private static String[] unconditional(List<String> words) {
    String name = words.get(0).toUpperCase(Locale.ROOT);
    List<String> plain = new ArrayList<>(words);
    plain.set(0, name);
    switch (name) {
      case "SET" -> plain.subList(3, plain.size()).removeAll(List.of("NX", "XX", "GET"));
      case "SETNX" -> plain.set(0, "SET");
      case "HSETNX" -> plain.set(0, "HSET");
      case "PEXPIREAT" -> plain.subList(3, plain.size()).clear();
      case "ZADD" -> plain.removeAll(List.of("NX", "XX", "CH"));
      default -> {}
    }
    return plain.toArray(String[]::new);
  }
}

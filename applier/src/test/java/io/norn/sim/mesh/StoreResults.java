package io.norn.sim.mesh;

import io.norn.sim.model.Dialect;
import io.norn.sim.model.ModelConnection;
import io.norn.sim.model.ModelServer;
import io.norn.sim.model.StreamEntry;
import io.norn.sim.model.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What commands that make one key of others came to where a client sent them: that is what they
 * mean. Found by executing a node's stream once more.
 */
final class StoreResults {
  private final ModelServer server = new ModelServer(Dialect.VALKEY_8, "replay");
  private final ModelConnection connection = server.connect();
  private final Map<Long, List<StampedOp>> results = new HashMap<>();

  StoreResults(List<StreamEntry> entries, List<StampedOp> ops) {
    Map<Long, StampedOp> stores = new HashMap<>();
    ops.stream().filter(StoreResults::isStore).forEach(op -> stores.put(op.offset(), op));
    for (StreamEntry entry : entries) {
      if (!entry.name().equals("MULTI") && !entry.name().equals("EXEC")) {
        connection.execute(entry.words().toArray(String[]::new));
      }
      StampedOp store = stores.get(entry.endOffset());
      if (store != null) {
        results.put(store.offset(), of(store));
      }
    }
  }

  private static boolean isStore(StampedOp op) {
    return !target(op).isEmpty() && !readsWhatItWrites(op);
  }

  /** True if such a command also depends on what the key held that it writes. */
  static boolean readsWhatItWrites(StampedOp op) {
    String target = target(op);
    return op.words().stream().filter(target::equals).count() > 1;
  }

  /** The key that is written; empty for other commands. */
  static String target(StampedOp op) {
    return switch (op.words().get(0).toUpperCase(Locale.ROOT)) {
      case "RENAME", "COPY" -> op.words().get(2);
      case "MOVE", "SUNIONSTORE", "SDIFFSTORE" -> op.words().get(1);
      default -> "";
    };
  }

  /** The database of that key. */
  static int database(StampedOp op) {
    return isMove(op) ? Integer.parseInt(op.words().get(2)) : op.database();
  }

  private static boolean isMove(StampedOp op) {
    return op.words().get(0).equalsIgnoreCase("MOVE");
  }

  private List<StampedOp> of(StampedOp op) {
    int database = database(op);
    String key = target(op);
    List<StampedOp> parts = new ArrayList<>();
    connection.execute("SELECT", Integer.toString(database));
    Object payload = connection.execute("DUMP", key);
    if (payload instanceof byte[] dump) {
      long at = Math.max(0, (Long) connection.execute("PEXPIRETIME", key));
      parts.add(
          part(
              op, database, "RESTORE", key, Long.toString(at), Text.of(dump), "REPLACE", "ABSTTL"));
    } else {
      parts.add(part(op, database, "DEL", key));
    }
    connection.execute("SELECT", Integer.toString(op.database()));
    if (isMove(op) || op.words().get(0).equalsIgnoreCase("RENAME")) {
      parts.add(part(op, op.database(), "DEL", op.words().get(1)));
    }
    return parts;
  }

  private static StampedOp part(StampedOp op, int database, String... words) {
    return new StampedOp(op.hlc(), op.node(), op.offset(), database, List.of(words), op.seen());
  }

  /** The command as overwrites and deletes; others stay as they are. */
  List<StampedOp> split(StampedOp op) {
    return results.getOrDefault(op.offset(), List.of(op));
  }
}

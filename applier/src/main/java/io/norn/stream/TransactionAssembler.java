package io.norn.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups the commands of a stream into transactions, follows the selected database, and sets apart
 * what belongs to Norn.
 *
 * <p>A transaction of which only one command had an effect stands in the stream without MULTI and
 * EXEC (seen on Valkey 8.0.1 and Redis 7.0.15), so a marker outside of MULTI is complete by itself.
 */
final class TransactionAssembler {
  private int db;
  private List<Change> open;

  TransactionAssembler(int db) {
    this.db = db;
  }

  /** Null while a transaction is open, and for what is no write at all. */
  Transaction accept(byte[][] args, long endOffset) {
    byte[] name = args[0];
    if (Text.is(name, "SELECT") && args.length == 2) {
      db = (int) Text.integer(args[1]).orElse(db);
      return null;
    }
    if (Text.is(name, "MULTI")) {
      open = new ArrayList<>();
      return null;
    }
    if (Text.is(name, "EXEC")) {
      List<Change> commands = open == null ? List.of() : open;
      open = null;
      return assemble(commands, endOffset);
    }
    if (Text.is(name, "PING") || Text.is(name, "REPLCONF")) {
      return null;
    }
    return command(new Change(db, args, endOffset));
  }

  boolean isInTransaction() {
    return open != null;
  }

  private Transaction command(Change change) {
    if (open != null) {
      open.add(change);
      return null;
    }
    Tick tick = Tick.of(change.args());
    if (tick != null && tick.upto() <= change.endOffset()) {
      return new Transaction(null, tick, List.of(), List.of(), false, db, change.endOffset());
    }
    return assemble(List.of(change), change.endOffset());
  }

  private Transaction assemble(List<Change> commands, long endOffset) {
    boolean marked = !commands.isEmpty() && Marker.isMarker(commands.get(0).args());
    Marker marker = marked ? Marker.of(commands.get(0).args()) : null;
    List<Change> changes = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    boolean touched = false;
    for (Change change : marked ? commands.subList(1, commands.size()) : commands) {
      ReservedFilter.Result result = ReservedFilter.filter(change);
      touched |= result.touchesReserved();
      if (result.message() != null) {
        messages.add(result.message());
      } else if (result.change() != null) {
        changes.add(result.change());
      }
    }
    return new Transaction(marker, null, changes, messages, touched, db, endOffset);
  }
}

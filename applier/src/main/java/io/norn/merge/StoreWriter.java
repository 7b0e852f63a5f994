package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import io.norn.command.StoreTraits;
import io.norn.command.ValueType;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.VersionVector;
import io.norn.window.KeyWindow;
import io.norn.window.Window;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes commands that put into a key what they made of others.
 *
 * <p>All nodes take what the command came to at its own node. Where the keys that it reads are the
 * same here, it is executed as it is. Otherwise it is only a guess, and the window asks the
 * command's node for the state; a key of which the guess would take away what is newer, or would
 * fail because something has expired here, is removed until the state comes.
 */
final class StoreWriter {
  /** {@code SORT} takes them all; others of them only some, but then a client's failed too. */
  private static final Set<ValueType> COLLECTIONS =
      Set.of(ValueType.NONE, ValueType.SET, ValueType.ZSET, ValueType.LIST);

  private final Window window;
  private final Function<DbKey, KeyWriter> writers;
  private final Function<DbKey, KeyWindow> withBatch;
  private final Emissions out;
  private final Map<StreamId, Long> decided = new HashMap<>();
  private final Set<DbKey> guessed = new HashSet<>();

  StoreWriter(
      Window window,
      Function<DbKey, KeyWriter> writers,
      Function<DbKey, KeyWindow> withBatch,
      Emissions out) {
    this.window = window;
    this.writers = writers;
    this.withBatch = withBatch;
    this.out = out;
  }

  /** The unit is executed before those that are written from now on. */
  void reach(ChangeUnit unit) {
    decided.put(unit.origin(), unit.endOffset());
  }

  /** Writes it, or what is to be under later commands in its place; answers who wrote. */
  KeyWriter write(Stamp stamp, VersionVector seen, Op.Opaque op) {
    KeyWriter writer = writers.apply(op.keys().get(0));
    if (window.of(writer.key()).isRemovedAfter(stamp)) {
      writer.delete();
      return writer;
    }
    boolean exact = isExact(stamp, seen, op);
    if (!exact) {
      guessed.add(writer.key());
    }
    if (canRun(op) && (exact || !takesNewer(stamp, op))) {
      run(writer, op);
      makeWay(stamp, writer);
    } else {
      writer.delete();
      window.lacks(op.keys(), stamp);
    }
    return writer;
  }

  /** A later command that left another type has removed what is now here. */
  private void makeWay(Stamp stamp, KeyWriter writer) {
    ValueType left = writer.shadow().type();
    if (left != ValueType.NONE && window.of(writer.key()).isOtherTypeAfter(stamp, left)) {
      writer.delete();
    }
  }

  private boolean isExact(Stamp stamp, VersionVector seen, Op.Opaque op) {
    return op.sources().stream().noneMatch(guessed::contains)
        && window.sources().areAsSeen(stamp, seen, op, decided);
  }

  private boolean takesNewer(Stamp stamp, Op.Opaque op) {
    return StoreTraits.moves(op)
        && op.sources().stream().anyMatch(key -> withBatch.apply(key).isTouchedAfter(stamp));
  }

  /** False if it would fail for what it reads. */
  boolean canRun(Op.Opaque op) {
    List<ValueType> types =
        op.sources().stream().map(key -> writers.apply(key).shadow().type()).toList();
    if (StoreTraits.handsOn(op)) {
      return !types.contains(ValueType.NONE);
    }
    return switch (OpaqueTraits.type(op)) {
      case OTHER -> true;
      case STRING -> Set.of(ValueType.NONE, ValueType.STRING).containsAll(types);
      case SET -> Set.of(ValueType.NONE, ValueType.SET).containsAll(types);
      default -> COLLECTIONS.containsAll(types);
    };
  }

  private void run(KeyWriter writer, Op.Opaque op) {
    if (StoreTraits.needsRoom(op) && writer.shadow().type() != ValueType.NONE) {
      writer.delete();
    }
    ValueType type = StoreTraits.type(op);
    out.addVerbatim(op.db(), op.command());
    writer
        .shadow()
        .become(
            type == ValueType.OTHER ? writers.apply(op.sources().get(0)).shadow().type() : type);
  }
}

package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.ElementOp;
import io.norn.command.ListEdit;
import io.norn.command.Op;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What commands of which it is known what they took mean for other commands on the same list. */
public final class ListMerge {
  private ListMerge() {}

  /** A command as it is to be executed behind all that is remembered of its key. */
  public static Op.Opaque asExecuted(KeyWindow key, Stamp stamp, Op.Opaque op) {
    return key.opaques() == null ? op : key.opaques().beside(stamp, op, each -> true);
  }

  /** What is to be executed behind a command because it should have been there before. */
  public static List<LaterOp> missed(KeyWindow key, Stamp stamp, Op.Opaque op) {
    return key.opaques() == null ? List.of() : key.opaques().missed(stamp, op, each -> true);
  }

  /**
   * What is to be taken out again behind a command that adds elements: later ones that had seen it
   * took them, but were executed here before it.
   *
   * @param isExecuted tells which of them were
   */
  static List<LaterOp> missed(
      Takers takers, Stamp stamp, Op.Opaque op, Predicate<Stamp> isExecuted) {
    Map<Bytes, Integer> added = added(op);
    List<LaterOp> missed = new ArrayList<>();
    if (added.isEmpty()) {
      return missed;
    }
    for (OpaqueEntry entry : takers.of(added.keySet())) {
      boolean isLater = entry.stamp().isAfter(stamp);
      if (isLater && isExecuted.test(entry.stamp()) && entry.hasSeen(stamp)) {
        ListEdit edit = entry.op().edit();
        ListEdit again =
            ListEdit.NOTHING.withTaken(take(edit.first(), added), take(edit.last(), added));
        if (again.takes()) {
          missed.add(new LaterOp(entry.stamp(), run(entry.op(), again)));
        }
      }
    }
    return missed;
  }

  private static List<Bytes> take(List<Bytes> elements, Map<Bytes, Integer> from) {
    List<Bytes> taken = new ArrayList<>();
    for (Bytes each : elements) {
      if (from.getOrDefault(each, 0) > 0) {
        from.merge(each, -1, Integer::sum);
        taken.add(each);
      }
    }
    return taken;
  }

  private static Map<Bytes, Integer> added(Op.Opaque op) {
    Map<Bytes, Integer> added = new HashMap<>();
    byte[][] command = op.command();
    int from =
        switch (Text.latin1(command[0]).toUpperCase(Locale.ROOT)) {
          case "LPUSH", "RPUSH" -> 2;
          case "LINSERT" -> 4;
          case "LSET" -> 3;
          default -> command.length;
        };
    for (int i = from; i < command.length; i++) {
      added.merge(new Bytes(command[i]), 1, Integer::sum);
    }
    return added;
  }

  /**
   * The command without what others took at the same time: of equal elements the same one counts as
   * taken twice, so that none is removed that nobody got.
   *
   * @param isExecuted tells which others were executed before it
   */
  static Op.Opaque beside(Takers takers, Stamp stamp, Op.Opaque op, Predicate<Stamp> isExecuted) {
    ListEdit edit = op.edit();
    if (edit == null || !edit.takes()) {
      return op;
    }
    OpaqueEntry own = OpaqueEntry.of(stamp, op);
    List<OpaqueEntry> entries = takers.of(edit.taken());
    List<OpaqueEntry> others =
        entries.stream()
            .filter(each -> each.isConcurrentWith(own) && isExecuted.test(each.stamp()))
            .toList();
    if (others.isEmpty()) {
      return op;
    }
    Collection<OpaqueEntry> firstOthers = firstOfEach(others);
    List<OpaqueEntry> before =
        entries.stream().filter(each -> isEarlierOfSame(each, own, firstOthers)).toList();
    Map<Bytes, Integer> room = new HashMap<>();
    List<Bytes> first = without(edit.first(), others, before, room);
    List<Bytes> last = without(edit.last(), others, before, room);
    return new Op.Opaque(
        op.keys(), op.sources(), op.db(), op.command(), edit.withTaken(first, last));
  }

  /** Those before it at its node met the same others. */
  private static boolean isEarlierOfSame(
      OpaqueEntry entry, OpaqueEntry own, Collection<OpaqueEntry> firstOthers) {
    return entry.stamp().origin().equals(own.stamp().origin())
        && entry.stamp().offset() < own.stamp().offset()
        && firstOthers.stream().anyMatch(each -> !each.hasSeen(entry.stamp()));
  }

  /** The first of each stream, which has seen the least. */
  private static Collection<OpaqueEntry> firstOfEach(List<OpaqueEntry> entries) {
    Map<StreamId, OpaqueEntry> first = new HashMap<>();
    for (OpaqueEntry each : entries) {
      first.merge(
          each.stamp().origin(),
          each,
          (one, other) -> one.stamp().offset() < other.stamp().offset() ? one : other);
    }
    return first.values();
  }

  /**
   * Which of the first commands, all in everywhere, need not be remembered any more. Who took the
   * same at the same time must not take it a second time from a state that lacks it already; and as
   * long as one of two is remembered that took the same, the other is, too: it has found its pair.
   *
   * @param taking of each stream the first that took something and is not in everywhere
   */
  static Set<OpaqueEntry> toForget(List<OpaqueEntry> old, Takers takers, List<OpaqueEntry> taking) {
    Set<OpaqueEntry> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (OpaqueEntry entry : old) {
      if (!entry.takes() || taking.stream().allMatch(each -> each.hasSeen(entry.stamp()))) {
        seen.add(entry);
      }
    }
    Set<OpaqueEntry> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    gone.addAll(seen);
    gone.removeIf(
        entry ->
            entry.takes()
                && takers.any(
                    entry.op().edit().taken(),
                    each -> each.isConcurrentWith(entry) && !seen.contains(each)));
    return gone;
  }

  private static List<Bytes> without(
      List<Bytes> elements,
      List<OpaqueEntry> others,
      List<OpaqueEntry> before,
      Map<Bytes, Integer> room) {
    List<Bytes> rest = new ArrayList<>();
    for (Bytes each : elements) {
      int same = room.computeIfAbsent(each, e -> count(others, e) - count(before, e));
      if (same > 0) {
        room.put(each, same - 1);
      } else {
        rest.add(each);
      }
    }
    return rest;
  }

  private static int count(List<OpaqueEntry> entries, Bytes element) {
    return entries.stream().mapToInt(each -> each.op().edit().count(element)).sum();
  }

  static ElementOp run(Op.Opaque op, ListEdit edit) {
    return OpaqueLog.run(
        new Op.Opaque(op.keys(), op.sources(), op.db(), op.command(), edit), false);
  }
}

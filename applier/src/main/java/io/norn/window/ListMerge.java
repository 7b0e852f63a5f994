package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.ElementOp;
import io.norn.command.ListEdit;
import io.norn.command.Op;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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
    Map<Bytes, Integer> paired = new HashMap<>();
    for (Bytes element : edit.taken()) {
      int count = paired(takers.ofStreams(element), own, element, isExecuted);
      if (count > 0) {
        paired.put(element, count);
      }
    }
    if (paired.isEmpty()) {
      return op;
    }
    List<Bytes> first = without(edit.first(), paired);
    List<Bytes> last = without(edit.last(), paired);
    return new Op.Opaque(
        op.keys(), op.sources(), op.db(), op.command(), edit.withTaken(first, last));
  }

  /** How many of these elements others have taken, too. */
  private static int paired(
      Map<StreamId, List<OpaqueEntry>> takers,
      OpaqueEntry own,
      Bytes element,
      Predicate<Stamp> isExecuted) {
    StreamId origin = own.stamp().origin();
    List<OpaqueEntry> upToOwn = new ArrayList<>(takers.getOrDefault(origin, List.of()));
    upToOwn.removeIf(each -> each.stamp().offset() >= own.stamp().offset());
    upToOwn.add(own);
    int paired = 0;
    for (Map.Entry<StreamId, List<OpaqueEntry>> stream : takers.entrySet()) {
      if (!stream.getKey().equals(origin)) {
        List<OpaqueEntry> others =
            stream.getValue().stream().filter(each -> isExecuted.test(each.stamp())).toList();
        paired = Math.max(paired, new Pairs(element, upToOwn, others).ofLast());
      }
    }
    return paired;
  }

  /**
   * Which of the first commands, all in everywhere, need not be remembered any more. Who took the
   * same at the same time must not take it a second time from a state that lacks it already; and as
   * long as one of a pair is remembered, the other is, too.
   *
   * @param taking of each stream the first that took something and is not in everywhere
   */
  static Set<OpaqueEntry> toForget(List<OpaqueEntry> old, Takers takers, List<OpaqueEntry> taking) {
    Set<OpaqueEntry> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    for (OpaqueEntry entry : old) {
      if (!entry.takes() || taking.stream().allMatch(each -> each.hasSeen(entry.stamp()))) {
        gone.add(entry);
      }
    }
    Set<Bytes> elements = new HashSet<>();
    old.stream().filter(OpaqueEntry::takes).forEach(each -> elements.addAll(each.taken()));
    int before;
    do {
      before = gone.size();
      elements.forEach(element -> keepPairs(element, takers, gone));
    } while (gone.size() < before);
    return gone;
  }

  private static void keepPairs(Bytes element, Takers takers, Set<OpaqueEntry> gone) {
    List<List<OpaqueEntry>> streams = List.copyOf(takers.ofStreams(element).values());
    for (int i = 0; i < streams.size(); i++) {
      for (int j = i + 1; j < streams.size(); j++) {
        new Pairs(element, streams.get(i), streams.get(j)).eachToStay(gone::contains, gone::remove);
      }
    }
  }

  private static List<Bytes> without(List<Bytes> elements, Map<Bytes, Integer> paired) {
    List<Bytes> rest = new ArrayList<>();
    for (Bytes each : elements) {
      int same = paired.getOrDefault(each, 0);
      if (same > 0) {
        paired.put(each, same - 1);
      } else {
        rest.add(each);
      }
    }
    return rest;
  }

  static ElementOp run(Op.Opaque op, ListEdit edit) {
    return OpaqueLog.run(
        new Op.Opaque(op.keys(), op.sources(), op.db(), op.command(), edit), false);
  }
}

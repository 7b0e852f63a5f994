package io.norn.merge;

import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.command.ElementOp;
import io.norn.command.EntryId;
import io.norn.command.Packed;
import io.norn.command.StreamElement;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes of one stream, for one call of the script: new entries first, then what groups did with
 * them, then what was removed, since an entry that is gone cannot be made pending.
 */
final class StreamBatch {
  private final Map<EntryId, byte[]> added = new LinkedHashMap<>();
  private final List<List<byte[]>> groups = new ArrayList<>();
  private final Map<Bytes, Integer> reached = new HashMap<>();
  private final Set<EntryId> removed = new LinkedHashSet<>();
  private boolean isMade;
  private EntryId last;
  private final List<List<byte[]>> trims = new ArrayList<>();

  void add(ElementOp op) {
    switch (StreamElement.kind(op.element())) {
      case ENTRY -> addEntry(op);
      case GROUP -> addGroup(op);
      case CONSUMER -> addConsumer(op);
      case PENDING -> addPending(op);
      case LAST_ID -> addLastId(op);
      case TRIM -> {
        // Which entries go with it depends on what its node had seen: see trim.
      }
    }
  }

  private void addLastId(ElementOp op) {
    if (op instanceof ElementOp.Bound bound) {
      raise(EntryId.parse(bound.score()).orElseThrow());
    } else if (op instanceof ElementOp.Put put) {
      isMade = true;
      raise(EntryId.parse(put.value()).orElseThrow());
    }
  }

  private void addEntry(ElementOp op) {
    EntryId id = StreamElement.id(op.element());
    if (op instanceof ElementOp.Put put) {
      added.put(id, put.value());
      removed.remove(id);
    } else {
      removed.add(id);
    }
  }

  /** The stream has seen this ID. */
  void raise(EntryId id) {
    last = last == null || id.compareTo(last) > 0 ? id : last;
  }

  /** Removes the entries below one, but for some. */
  void trim(EntryId first, List<EntryId> spared) {
    List<byte[]> trim = new ArrayList<>(List.of(Text.bytes("T"), first.text()));
    spared.forEach(id -> trim.add(id.text()));
    trims.add(trim);
  }

  private void addGroup(ElementOp op) {
    byte[] group = StreamElement.groupOf(op.element());
    Bytes name = new Bytes(group);
    if (op instanceof ElementOp.Bound bound) {
      reach(name, bound.score());
      return;
    }
    reached.remove(name);
    groups.add(
        op instanceof ElementOp.Put put
            ? List.of(Text.bytes("G"), group, StreamElement.place(put))
            : List.of(Text.bytes("X"), group));
  }

  private void reach(Bytes group, byte[] id) {
    Integer index = reached.get(group);
    if (index == null) {
      reached.put(group, groups.size());
      groups.add(List.of(Text.bytes("L"), group.raw(), id));
    } else if (isAbove(id, groups.get(index).get(2))) {
      groups.set(index, List.of(Text.bytes("L"), group.raw(), id));
    }
  }

  private static boolean isAbove(byte[] id, byte[] other) {
    return EntryId.parse(id).orElseThrow().compareTo(EntryId.parse(other).orElseThrow()) > 0;
  }

  private void addConsumer(ElementOp op) {
    List<byte[]> parts = StreamElement.parts(op.element());
    String letter = op instanceof ElementOp.Put ? "C" : "R";
    groups.add(List.of(Text.bytes(letter), parts.get(0), parts.get(1)));
  }

  private void addPending(ElementOp op) {
    if (op instanceof ElementOp.Put put) {
      deliver("P", put);
    } else {
      byte[] id = StreamElement.id(op.element()).text();
      groups.add(List.of(Text.bytes("K"), StreamElement.groupOf(op.element()), id));
    }
  }

  /** An entry was delivered where it was still there. */
  void deliverGone(ElementOp.Put pending) {
    deliver("Q", pending);
  }

  private void deliver(String letter, ElementOp.Put pending) {
    byte[] group = StreamElement.groupOf(pending.element());
    byte[] id = StreamElement.id(pending.element()).text();
    List<byte[]> value = Packed.parts(pending.value());
    groups.add(List.of(Text.bytes(letter), group, value.get(0), id, value.get(1), value.get(2)));
  }

  /** The call of the script. */
  byte[][] command(DbKey key) {
    List<byte[]> args = new ArrayList<>();
    args.add(Text.bytes("EVAL"));
    args.add(Text.bytes(StreamScript.TEXT));
    args.add(Text.bytes("1"));
    args.add(key.key().raw());
    added.forEach((id, fields) -> append(args, "A", id, Packed.parts(fields)));
    if (isMade) {
      append(args, List.of(Text.bytes("E")));
    }
    if (last != null) {
      append(args, "I", last, List.of());
    }
    groups.forEach(each -> append(args, each));
    removed.forEach(id -> append(args, "D", id, List.of()));
    trims.forEach(each -> append(args, each));
    return args.toArray(new byte[0][]);
  }

  private static void append(List<byte[]> args, String letter, EntryId id, List<byte[]> rest) {
    List<byte[]> operation = new ArrayList<>(Arrays.asList(Text.bytes(letter), id.text()));
    operation.addAll(rest);
    append(args, operation);
  }

  private static void append(List<byte[]> args, List<byte[]> operation) {
    args.add(operation.get(0));
    args.add(Text.bytes(Integer.toString(operation.size() - 1)));
    args.addAll(operation.subList(1, operation.size()));
  }
}

package io.norn.merge;

import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.EntryId;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import io.norn.window.LaterOp;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the commands for one key and keeps its shadow in step. Never writes a command that would
 * fail.
 */
final class KeyWriter {
  private final DbKey key;
  private final KeyShadow shadow;
  private final Emissions out;

  KeyWriter(DbKey key, KeyShadow shadow, Emissions out) {
    this.key = key;
    this.shadow = shadow;
    this.out = out;
  }

  DbKey key() {
    return key;
  }

  KeyShadow shadow() {
    return shadow;
  }

  void replace(ValueType type, byte[][] command) {
    out.replace(key, command);
    shadow.become(type);
    if (type == ValueType.STRING && Text.is(command[0], "SET")) {
      shadow.put(Element.STRING_VALUE, command[2]);
    }
  }

  /** Puts a published state in the key's place. */
  void restore(Op.State state) {
    if (state.type() == ValueType.NONE) {
      delete();
      return;
    }
    out.replace(
        key,
        new byte[][] {
          Text.bytes("RESTORE"),
          key.key().raw(),
          Text.bytes(Long.toString(Math.max(0, state.expiryMillis()))),
          state.payload(),
          Text.bytes("REPLACE"),
          Text.bytes("ABSTTL")
        });
    shadow.become(state.type());
  }

  void delete() {
    out.replace(key, new byte[][] {Text.bytes("DEL"), key.key().raw()});
    shadow.become(ValueType.NONE);
  }

  /** Executes later operations again, as they would have gone after what was just written. */
  void redo(List<LaterOp> later) {
    for (LaterOp each : later) {
      redo(each.op());
    }
  }

  private void redo(ElementOp op) {
    ValueType type = op.element().type();
    if (op.element().isExpiry()) {
      if (shadow.type() != ValueType.NONE) {
        write(op);
      }
    } else if (op.creates()) {
      boolean typed = type != ValueType.OTHER && shadow.type() != ValueType.NONE;
      if (typed && shadow.type() != type) {
        delete();
      }
      write(op);
    } else if (shadow.type() == type
        || (type == ValueType.OTHER && shadow.type() != ValueType.NONE)) {
      write(op);
    }
  }

  /** Overwrites of elements of one kind in as few commands as there are kinds. */
  void writeAll(List<ElementOp> ops) {
    if (!ops.isEmpty() && isOfStream(ops.get(0))) {
      ops.forEach(this::write);
      return;
    }
    List<byte[]> puts = new ArrayList<>();
    List<byte[]> removes = new ArrayList<>();
    for (ElementOp op : ops) {
      if (op.element().isBit()) {
        write(op);
      } else if (op instanceof ElementOp.Put put && put.element().type() != ValueType.NONE) {
        appendPut(puts, put);
        shadow.put(put.element(), put.value());
      } else if (op instanceof ElementOp.Remove remove && !remove.element().isExpiry()) {
        removes.add(remove.element().name().raw());
        shadow.remove(remove.element());
      } else {
        write(op);
      }
    }
    ValueType type = ops.isEmpty() ? ValueType.NONE : ops.get(0).element().type();
    emitMany(putName(type), puts, type == ValueType.STRING ? "KEEPTTL" : null);
    emitMany(removeName(type), removes, null);
  }

  private void emitMany(String name, List<byte[]> args, String last) {
    if (!args.isEmpty()) {
      List<byte[]> command = new ArrayList<>();
      command.add(Text.bytes(name));
      command.add(key.key().raw());
      command.addAll(args);
      if (last != null) {
        command.add(Text.bytes(last));
      }
      out.add(key, command.toArray(new byte[0][]));
    }
  }

  private static void appendPut(List<byte[]> args, ElementOp.Put put) {
    switch (put.element().type()) {
      case HASH -> {
        args.add(put.element().name().raw());
        args.add(put.value());
      }
      case ZSET -> {
        args.add(put.value());
        args.add(put.element().name().raw());
      }
      case SET -> args.add(put.element().name().raw());
      default -> args.add(put.value());
    }
  }

  private static boolean isOfStream(ElementOp op) {
    return op.element().type() == ValueType.STREAM && !(op instanceof ElementOp.Run);
  }

  private void writeToStream(ElementOp op) {
    out.stream(key).add(op);
    if (op.creates()) {
      shadow.touch(op.element());
    }
  }

  /** Removes the entries of a stream below one, but for some. */
  void trim(EntryId first, List<EntryId> spared) {
    out.stream(key).trim(first, spared);
  }

  /** An entry was delivered that is not here any more. */
  void deliverGone(ElementOp.Put pending) {
    out.stream(key).deliverGone(pending);
  }

  void write(ElementOp op) {
    if (isOfStream(op)) {
      writeToStream(op);
      return;
    }
    if (op.element().isExpiry()) {
      writeExpiry(op);
    } else if (op.element().isBit() && op instanceof ElementOp.Put put) {
      emit("SETBIT", put.element().name().raw(), put.value());
      shadow.touch(put.element());
    } else if (op instanceof ElementOp.Add add) {
      writeAdd(add);
    } else if (op instanceof ElementOp.Run run) {
      run.commands().forEach(command -> out.add(key, command));
      shadow.changed(run.creates() ? run.element().type() : shadow.type());
    } else if (op instanceof ElementOp.Bound bound) {
      emit("ZADD", Text.bytes(bound.flag()), bound.score(), bound.element().name().raw());
      shadow.touch(bound.element());
    } else {
      writeAll(List.of(op));
    }
  }

  private void writeExpiry(ElementOp op) {
    if (op instanceof ElementOp.Put put) {
      emit("PEXPIREAT", put.value());
      shadow.expire();
    } else {
      emit("PERSIST");
    }
  }

  private void writeAdd(ElementOp.Add add) {
    Element element = add.element();
    if (element.type() == ValueType.ZSET) {
      emit("ZINCRBY", add.delta(), element.name().raw());
      shadow.touch(element);
      return;
    }
    var sum = shadow.sum(element, add.delta());
    if (sum.isEmpty()) {
      out.noteImpossible();
    } else if (element.type() == ValueType.HASH) {
      emit(shadow.incrementName("HINCRBY"), element.name().raw(), add.delta());
      shadow.put(element, Text.bytes(Long.toString(sum.getAsLong())));
    } else {
      emit(shadow.incrementName("INCRBY"), add.delta());
      shadow.put(element, Text.bytes(Long.toString(sum.getAsLong())));
    }
  }

  private void emit(String name, byte[]... args) {
    byte[][] command = new byte[args.length + 2][];
    command[0] = Text.bytes(name);
    command[1] = key.key().raw();
    System.arraycopy(args, 0, command, 2, args.length);
    out.add(key, command);
  }

  private static String putName(ValueType type) {
    return switch (type) {
      case HASH -> "HSET";
      case SET -> "SADD";
      case ZSET -> "ZADD";
      default -> "SET";
    };
  }

  private static String removeName(ValueType type) {
    return switch (type) {
      case HASH -> "HDEL";
      case SET -> "SREM";
      default -> "ZREM";
    };
  }
}

package io.norn.shadow;

import io.norn.command.Bytes;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.shadow.ReadRequest.Kind;
import io.norn.stream.Change;
import io.norn.stream.Reserved;
import io.norn.stream.Taken;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Follows the own stream and knows what each pop in it took, of keys whose value was read once.
 *
 * <p>A value is read when a command on the key is seen: in one transaction with a mark, so that the
 * stream shows at which place it was. What is not known is not told. Pure; may be used by any
 * thread.
 */
public final class Shadows {
  /** How many keys are followed; the ones used longest ago are given up first. */
  public static final int MAX_KEYS = 1_000;

  /** How many elements a followed value may have when it is read. */
  public static final int MAX_ELEMENTS = 10_000;

  /** Rough size of a followed value. */
  public static final long MAX_VALUE_BYTES = 2_000_000;

  private static final long MAX_BYTES = 32_000_000;
  private static final int MAX_TAKEN = 1_000;
  private static final long MAX_TAKEN_BYTES = 64_000;
  private static final long MAX_TICK_BYTES = 256_000;
  private static final int MAX_PENDING = 20_000;
  private static final int LONGEST_NAME = 512;

  private static final Set<String> EXPIRIES = Set.of("PEXPIREAT", "PERSIST");
  private static final Set<String> DELETES = Set.of("DEL", "UNLINK");
  private static final Set<String> OF_DATABASES = Set.of("FLUSHALL", "FLUSHDB", "SWAPDB");

  private final String markPrefix;
  private final CommandTable table;
  private final Function<byte[], Shadow> payloads;
  private final LinkedHashMap<DbKey, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Bytes, Integer> names = new HashMap<>();
  private final Map<String, Slot> reading = new HashMap<>();
  private final TreeMap<Long, Taken> pending = new TreeMap<>();
  private int db;
  private long marks;
  private long bytes;
  private boolean hasWanted;
  private boolean inMulti;
  private boolean inMarked;
  private long told;

  /**
   * Starts at a place in the stream.
   *
   * @param db database selected there
   * @param name differs from that of every other reader of the stream
   * @param table meaning of commands
   * @param payloads reads a payload of {@code DUMP}; null for what cannot be kept
   */
  public Shadows(int db, String name, CommandTable table, Function<byte[], Shadow> payloads) {
    this.db = db;
    this.table = table;
    this.markPrefix = "r " + name + " ";
    this.payloads = payloads;
  }

  /** Takes the next command of the stream. */
  public synchronized void accept(byte[][] args, long endOffset) {
    byte first = args[0].length == 0 ? 0 : args[0][0];
    if (slots.isEmpty() && !isListOrSet(first) && first != 'S' && first != 's') {
      return;
    }
    String name = Text.upperCase(args[0]);
    switch (name) {
      case "SELECT" -> db = (int) Text.integer(args[1]).orElse(db);
      case "MULTI", "EXEC" -> {
        inMulti = name.equals("MULTI");
        inMarked = false;
      }
      default -> take(name, args, endOffset);
    }
  }

  private static boolean isListOrSet(byte first) {
    return "LRZlrz".indexOf(first) >= 0;
  }

  private void take(String name, byte[][] args, long endOffset) {
    inMarked |= inMulti && args.length > 1 && isVector(args[1]);
    if (args.length < 2) {
      loseAllIf(OF_DATABASES.contains(name));
    } else if (ListShadow.COMMANDS.contains(name)) {
      take(Kind.LIST, name, args, endOffset);
    } else if (SortedSetShadow.COMMANDS.contains(name)) {
      take(Kind.SORTED_SET, name, args, endOffset);
    } else if (name.equals("LMOVE") || name.equals("RPOPLPUSH")) {
      move(name, args, endOffset);
    } else if (name.equals("SPUBLISH") && args.length == 3) {
      mark(Text.latin1(args[2]));
    } else if (!EXPIRIES.contains(name)) {
      takeOther(name, args);
    }
  }

  private static boolean isVector(byte[] name) {
    return Text.latin1(name).equals(Reserved.VECTOR_KEY);
  }

  private void take(Kind kind, String name, byte[][] args, long endOffset) {
    Slot slot = slotOf(DbKey.of(db, args[1]), kind);
    long before = slot.bytes();
    slot.take(kind, new Slot.Command(name, args, endOffset), this::took);
    resized(slot, before);
  }

  private Slot slotOf(DbKey key, Kind kind) {
    Slot slot = slots.get(key);
    if (slot == null) {
      slot = new Slot(key, kind);
      slots.put(key, slot);
      names.merge(key.key(), 1, Integer::sum);
      if (slots.size() > MAX_KEYS) {
        drop(slots.values().iterator().next());
      }
    }
    return slot;
  }

  private void resized(Slot slot, long before) {
    bytes += slot.bytes() - before;
    if (slot.bytes() > 2 * MAX_VALUE_BYTES) {
      lose(slot);
    }
    while (bytes > MAX_BYTES) {
      drop(slots.values().iterator().next());
    }
    hasWanted |= slot.isWanted();
  }

  private void drop(Slot slot) {
    bytes -= slot.bytes();
    slots.remove(slot.key());
    names.computeIfPresent(slot.key().key(), (name, count) -> count == 1 ? null : count - 1);
  }

  private void lose(Slot slot) {
    bytes -= slot.bytes();
    slot.lose();
  }

  private void took(long endOffset, Taken taken) {
    boolean fits = taken.size() <= MAX_TAKEN && taken.bytes() <= MAX_TAKEN_BYTES;
    if (!inMarked && fits && pending.size() < MAX_PENDING) {
      pending.put(endOffset, taken);
    }
  }

  /** An element that goes from one list to another, or round in one. */
  private void move(String name, byte[][] args, long endOffset) {
    boolean isMove = name.equals("LMOVE");
    if (args.length < (isMove ? 5 : 3)) {
      return;
    }
    boolean fromHead = isMove && Text.is(args[3], "LEFT");
    boolean toHead = !isMove || Text.is(args[4], "LEFT");
    Slot from = slotOf(DbKey.of(db, args[1]), Kind.LIST);
    Slot to = slotOf(DbKey.of(db, args[2]), Kind.LIST);
    boolean isKnown = from.shadow() instanceof ListShadow && !from.shadow().isEmpty();
    String element = isKnown ? ((ListShadow) from.shadow()).pop(fromHead) : null;
    if (element == null) {
      lose(from);
      lose(to);
      hasWanted = true;
      return;
    }
    bytes -= element.length();
    byte[][] push = {Text.bytes(toHead ? "LPUSH" : "RPUSH"), args[2], Text.latin1Bytes(element)};
    take(Kind.LIST, Text.latin1(push[0]), push, endOffset);
    List<String> moved = List.of(element);
    took(endOffset, fromHead ? new Taken(moved, List.of()) : new Taken(List.of(), moved));
  }

  private void mark(String text) {
    Slot slot = reading.remove(text);
    if (slot != null && slots.get(slot.key()) == slot) {
      long before = slot.bytes();
      slot.mark(text, this::took);
      resized(slot, before);
    }
  }

  private void takeOther(String name, byte[][] args) {
    if (OF_DATABASES.contains(name)) {
      loseAllIf(true);
    } else if (DELETES.contains(name)) {
      for (int i = 1; i < args.length; i++) {
        deleted(slots.get(DbKey.of(db, args[i])));
      }
    } else if (name.equals("RESTORE") && args.length > 3) {
      restored(DbKey.of(db, args[1]), args[3]);
    } else {
      loseMentioned(args);
    }
  }

  private void deleted(Slot slot) {
    if (slot != null) {
      long before = slot.bytes();
      slot.become(new ListShadow());
      bytes -= before;
    }
  }

  private void restored(DbKey key, byte[] payload) {
    Slot slot = slots.get(key);
    Shadow value = slot == null ? null : payloads.apply(payload);
    if (slot != null && value != null) {
      long before = slot.bytes();
      slot.become(value);
      resized(slot, before);
    } else if (slot != null) {
      lose(slot);
      hasWanted = true;
    }
  }

  /** A command that names a key in any argument is looked at closely. */
  private void loseMentioned(byte[][] args) {
    if (Reserved.isReserved(args[1]) || !mentionsAny(args)) {
      return;
    }
    for (Op op : table.parse(new Change(db, args, 0), 0)) {
      op.keys().stream().map(slots::get).filter(Objects::nonNull).forEach(this::lose);
      loseAllIf(op.keys().isEmpty());
    }
  }

  private boolean mentionsAny(byte[][] args) {
    for (int i = 1; i < args.length; i++) {
      if (args[i].length <= LONGEST_NAME && names.containsKey(new Bytes(args[i]))) {
        return true;
      }
    }
    return false;
  }

  private void loseAllIf(boolean condition) {
    if (condition) {
      slots.values().forEach(this::lose);
    }
  }

  /**
   * What should be read now.
   *
   * @param max number of values
   */
  public synchronized List<ReadRequest> wanted(int max) {
    List<ReadRequest> requests = new ArrayList<>();
    if (hasWanted) {
      hasWanted = false;
      for (Slot slot : slots.values()) {
        if (slot.isWanted() && requests.size() < max) {
          requests.add(slot.request(markPrefix + ++marks));
          reading.put(markPrefix + marks, slot);
        }
        hasWanted |= slot.isWanted();
      }
    }
    return requests;
  }

  /** True if {@link #wanted} has something. */
  public synchronized boolean hasWanted() {
    return hasWanted;
  }

  /**
   * A value was read.
   *
   * @param value null if it cannot be kept
   */
  public synchronized void read(ReadRequest request, Shadow value) {
    Slot slot = slots.get(request.key());
    if (slot != null) {
      long before = slot.bytes();
      slot.read(request.mark(), value, this::took);
      resized(slot, before);
    }
  }

  /** Nothing that was asked for will be read. */
  public synchronized void lostReader() {
    slots.values().stream().filter(slot -> slot.shadow() == null).forEach(this::lose);
    reading.clear();
    hasWanted = !slots.isEmpty();
  }

  /**
   * What a tick has to tell of the commands that it covers.
   *
   * @param from offset up to which an earlier one covers them
   * @param upto offset up to which it goes
   */
  public synchronized SortedMap<Long, Taken> taken(long from, long upto) {
    SortedMap<Long, Taken> taken = new TreeMap<>();
    if (from >= upto) {
      return taken;
    }
    long room = MAX_TICK_BYTES;
    for (Map.Entry<Long, Taken> each : pending.subMap(from, false, upto, true).entrySet()) {
      room -= each.getValue().bytes();
      if (room < 0) {
        break;
      }
      taken.put(each.getKey(), each.getValue());
    }
    return taken;
  }

  /** Ticks cover all commands up to there. */
  public synchronized void covered(long upto) {
    SortedMap<Long, Taken> before = pending.headMap(upto, true);
    told += before.size();
    before.clear();
  }

  /** Number of commands of which ticks could tell what they took. */
  public synchronized long told() {
    return told;
  }

  /** Number of values that are followed. */
  public synchronized int size() {
    return (int) slots.values().stream().filter(slot -> slot.shadow() != null).count();
  }
}

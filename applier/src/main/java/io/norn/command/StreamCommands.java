package io.norn.command;

import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Streams and their consumer groups: entries, groups, consumers and pending entries are elements.
 *
 * <p>Reading for a group stands in a stream as {@code XCLAIM} of each entry, which says how far the
 * group has come; Valkey 8 says that once more by {@code XGROUP SETID} with a number of entries
 * read, and Redis 7 too if nothing is to be acknowledged.
 */
final class StreamCommands {
  private static final Set<String> TRIMS = Set.of("MAXLEN", "MINID");
  private static final Set<String> ADD_FLAGS = Set.of("NOMKSTREAM", "KEEPREF", "DELREF", "ACKED");
  private static final byte[] NO_VALUE = new byte[0];
  private static final String TRIMMED = "what a trim removed is told by its node";
  private static final Group STREAM = new Group(CommandGroup.STREAM);

  private StreamCommands() {}

  static List<Entry> entries() {
    return List.of(
        STREAM.elements("XADD", Keys.FIRST, StreamCommands::add).note("with its ID; " + TRIMMED),
        STREAM.elements("XDEL", Keys.FIRST, StreamCommands::delete),
        STREAM.elements("XTRIM", Keys.FIRST, StreamCommands::trim).note(TRIMMED),
        STREAM
            .elements("XSETID", Keys.FIRST, StreamCommands::setLastId)
            .note("the largest last ID counts"),
        STREAM.elements("XACK", Keys.FIRST, StreamCommands::acknowledge),
        STREAM
            .elements("XCLAIM", Keys.FIRST, StreamCommands::claim)
            .note("with the delivery time it set"),
        STREAM.opaque("XAUTOCLAIM", Keys.FIRST).arrivesAs("XCLAIM", "XGROUP CREATECONSUMER"),
        STREAM
            .opaque("XREADGROUP", Keys.AFTER_STREAMS)
            .arrivesAs("XCLAIM", "XGROUP SETID", "XGROUP CREATECONSUMER"),
        STREAM.elements("XGROUP CREATE", Keys.SECOND, StreamCommands::createGroup),
        STREAM.elements("XGROUP CREATECONSUMER", Keys.SECOND, StreamCommands::createConsumer),
        STREAM.elements("XGROUP DELCONSUMER", Keys.SECOND, StreamCommands::deleteConsumer),
        STREAM.elements("XGROUP DESTROY", Keys.SECOND, StreamCommands::destroyGroup),
        STREAM
            .elements("XGROUP SETID", Keys.SECOND, StreamCommands::moveGroup)
            .note("with `ENTRIESREAD` as by a reader: only forward"));
  }

  private static List<Op> add(Call call) {
    List<ElementOp> ops = new ArrayList<>(2);
    int at = 2;
    while (ADD_FLAGS.contains(Text.upperCase(call.arg(at))) || isTrim(call, at)) {
      if (isTrim(call, at)) {
        ops.add(new ElementOp.Remove(StreamElement.TRIM));
        at = behindTrim(call, at);
      } else {
        at++;
      }
    }
    byte[] fields = Packed.of(call.from(at + 1));
    ops.add(0, new ElementOp.Put(StreamElement.entry(id(call, at)), fields));
    return List.of(call.elements(ValueType.STREAM, ops));
  }

  private static boolean isTrim(Call call, int at) {
    return TRIMS.contains(Text.upperCase(call.arg(at)));
  }

  private static int behindTrim(Call call, int at) {
    int threshold = call.is(at + 1, "=") || call.is(at + 1, "~") ? at + 2 : at + 1;
    return call.is(threshold + 1, "LIMIT") ? threshold + 3 : threshold + 1;
  }

  private static List<Op> trim(Call call) {
    return one(call.key(), new ElementOp.Remove(StreamElement.TRIM));
  }

  private static List<Op> delete(Call call) {
    Map<Element, ElementOp> byEntry = new LinkedHashMap<>();
    for (int i = 2; i < call.count(); i++) {
      Element entry = StreamElement.entry(id(call, i));
      byEntry.put(entry, new ElementOp.Remove(entry));
    }
    return List.of(call.elements(ValueType.STREAM, List.copyOf(byEntry.values())));
  }

  private static List<Op> setLastId(Call call) {
    byte[] last = id(call, 2).text();
    return one(call.key(), new ElementOp.Bound(StreamElement.LAST_ID, last, "GT"));
  }

  private static List<Op> acknowledge(Call call) {
    Map<Element, ElementOp> byEntry = new LinkedHashMap<>();
    for (int i = 3; i < call.count(); i++) {
      Element pending = StreamElement.pending(call.arg(2), id(call, i));
      byEntry.put(pending, new ElementOp.Remove(pending));
    }
    return List.of(call.elements(ValueType.STREAM, List.copyOf(byEntry.values())));
  }

  /** As servers write it: an absolute delivery time, a count, and the group's last ID. */
  private static List<Op> claim(Call call) {
    int options = 5;
    while (options < call.count() && EntryId.parse(call.arg(options)).isPresent()) {
      options++;
    }
    byte[] time = argument(call, options, "TIME", Text.bytes(Long.toString(call.nowMillis())));
    byte[] count = argument(call, options, "RETRYCOUNT", Text.bytes("1"));
    Map<Element, ElementOp> ops = new LinkedHashMap<>();
    for (int i = 5; i < options; i++) {
      Element pending = StreamElement.pending(call.arg(2), id(call, i));
      ops.put(pending, new ElementOp.Put(pending, Packed.of(call.arg(3), time, count)));
    }
    byte[] last = argument(call, options, "LASTID", null);
    if (last != null) {
      Element group = StreamElement.group(call.arg(2));
      byte[] id = EntryId.parse(last).orElseThrow(Call.MalformedCallException::new).text();
      ops.put(group, new ElementOp.Bound(group, id, "GT"));
    }
    return List.of(call.elements(ValueType.STREAM, List.copyOf(ops.values())));
  }

  private static byte[] argument(Call call, int from, String option, byte[] otherwise) {
    for (int i = from; i + 1 < call.count(); i++) {
      if (call.is(i, option)) {
        return call.arg(i + 1);
      }
    }
    return otherwise;
  }

  private static List<Op> createGroup(Call call) {
    return putGroup(call, place(call));
  }

  private static byte[] place(Call call) {
    byte[] id = call.arg(4);
    return Text.latin1(id).equals("$") ? id : id(call, 4).text();
  }

  private static List<Op> putGroup(Call call, byte[] place) {
    return one(
        DbKey.of(call.db(), call.arg(2)),
        new ElementOp.Put(StreamElement.group(call.arg(3)), place));
  }

  private static List<Op> moveGroup(Call call) {
    boolean isReader = call.count() > 5 && call.is(5, "ENTRIESREAD");
    if (!isReader) {
      return putGroup(call, StreamElement.movedTo(place(call)));
    }
    byte[] last = id(call, 4).text();
    return one(
        DbKey.of(call.db(), call.arg(2)),
        new ElementOp.Bound(StreamElement.group(call.arg(3)), last, "GT"));
  }

  private static List<Op> destroyGroup(Call call) {
    return one(
        DbKey.of(call.db(), call.arg(2)), new ElementOp.Remove(StreamElement.group(call.arg(3))));
  }

  private static List<Op> createConsumer(Call call) {
    Element consumer = StreamElement.consumer(call.arg(3), call.arg(4));
    return one(DbKey.of(call.db(), call.arg(2)), new ElementOp.Put(consumer, NO_VALUE));
  }

  private static List<Op> deleteConsumer(Call call) {
    Element consumer = StreamElement.consumer(call.arg(3), call.arg(4));
    return one(DbKey.of(call.db(), call.arg(2)), new ElementOp.Remove(consumer));
  }

  private static EntryId id(Call call, int index) {
    return EntryId.parse(call.arg(index)).orElseThrow(Call.MalformedCallException::new);
  }

  private static List<Op> one(DbKey key, ElementOp op) {
    return List.of(new Op.Elements(key, ValueType.STREAM, List.of(op)));
  }
}

package io.norn.sim.model;

import io.norn.command.EntryId;
import java.util.List;
import java.util.Map;

/** Streams whose entries have one field, and what the core's scripts do to them. */
final class StreamCommands {
  private StreamCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("XADD", new Command(-5, StreamCommands::add));
    table.put("XDEL", new Command(-3, StreamCommands::delete));
    table.put("XTRIM", new Command(5, StreamCommands::trim));
    table.put("EVAL", new Command(-4, StreamScripts::run));
  }

  static StreamValue read(Call call, String key) {
    return call.value(key, StreamValue.class);
  }

  private static Object add(Call call) {
    String key = call.word(1);
    boolean trims = call.option(2).equals("MAXLEN");
    int at = trims ? 5 : 2;
    StreamValue stream = read(call, key);
    boolean isNew = stream == null;
    stream = isNew ? new StreamValue() : stream;
    EntryId id = StreamValue.id(call.word(at));
    if (id.compareTo(stream.last()) <= 0) {
      throw new CommandFailure("ERR The ID specified in XADD is equal or smaller");
    }
    stream.put(id, List.of(call.word(at + 1), call.word(at + 2)));
    if (trims) {
      stream.trimTo((int) call.integer(4));
    }
    if (isNew) {
      call.replace(key, stream);
    } else {
      call.changed(key);
    }
    return Text.bytes(id.toString());
  }

  private static Object delete(Call call) {
    StreamValue stream = read(call, call.word(1));
    boolean isThere =
        stream != null && stream.entries().remove(StreamValue.id(call.word(2))) != null;
    if (isThere) {
      call.changed(call.word(1));
    }
    return isThere ? 1L : 0L;
  }

  private static Object trim(Call call) {
    StreamValue stream = read(call, call.word(1));
    boolean isTrimmed = false;
    if (stream != null && call.option(2).equals("MAXLEN")) {
      isTrimmed = stream.trimTo((int) call.integer(4));
    } else if (stream != null) {
      Map<EntryId, List<String>> below =
          stream.entries().headMap(StreamValue.id(call.word(4)), false);
      isTrimmed = !below.isEmpty();
      below.clear();
    }
    if (isTrimmed) {
      call.changed(call.word(1));
    }
    return isTrimmed ? 1L : 0L;
  }
}

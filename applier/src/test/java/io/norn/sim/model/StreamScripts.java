package io.norn.sim.model;

import io.norn.command.EntryId;
import io.norn.stream.TrimNotice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the scripts of the core do; {@code StreamScriptIT} tries the real one. */
final class StreamScripts {
  private StreamScripts() {}

  static Object run(Call call) {
    return call.word(1).equals(TrimNotice.SCRIPT) ? tellTrim(call) : merge(call);
  }

  private static Object tellTrim(Call call) {
    String key = call.word(3);
    Slot slot = call.find(key);
    if (slot == null || !(slot.value() instanceof StreamValue stream)) {
      return 0L;
    }
    List<String> spared = new ArrayList<>();
    String first = "(" + stream.last();
    for (EntryId id : stream.entries().keySet()) {
      if (!isLate(call, id)) {
        first = id.toString();
        break;
      }
      spared.add(id.toString());
    }
    String text = "m " + call.word(5) + " " + first + " " + String.join(",", spared) + " " + key;
    call.force();
    call.propagateAs("SPUBLISH", call.word(4), text);
    return 1L;
  }

  private static boolean isLate(Call call, EntryId id) {
    for (int i = 6; i < call.size(); i++) {
      if (StreamValue.id(call.word(i)).equals(id)) {
        return true;
      }
    }
    return false;
  }

  private static Object merge(Call call) {
    StreamValue stream = StreamCommands.read(call, call.word(3));
    boolean isNew = stream == null;
    stream = isNew ? new StreamValue() : stream;
    boolean isChanged = false;
    int at = 4;
    boolean isMade = false;
    while (at < call.size()) {
      int count = (int) call.integer(at + 1);
      isMade |= call.word(at).equals("E") || call.word(at).equals("A");
      if (count > 0 && (isMade || !isNew)) {
        isChanged |= apply(call, stream, at, count);
      }
      at += 2 + count;
    }
    if (isNew ? isMade : isChanged) {
      if (isNew) {
        call.replace(call.word(3), stream);
      } else {
        call.changed(call.word(3));
      }
      call.propagateAs("XSETID", call.word(3), stream.last().toString());
    }
    return null;
  }

  private static boolean apply(Call call, StreamValue stream, int at, int count) {
    EntryId id = StreamValue.id(call.word(at + 2));
    return switch (call.word(at)) {
      case "A" -> stream.put(id, List.of(call.word(at + 3), call.word(at + 4)));
      case "I" -> stream.raise(id);
      case "D" -> stream.entries().remove(id) != null;
      case "T" -> trim(call, stream, at, count);
      default -> throw new CommandFailure("ERR no such operation");
    };
  }

  private static boolean trim(Call call, StreamValue stream, int at, int count) {
    Set<EntryId> spared = new HashSet<>();
    for (int i = 3; i < count + 2; i++) {
      spared.add(StreamValue.id(call.word(at + i)));
    }
    Map<EntryId, List<String>> below =
        stream.entries().headMap(StreamValue.id(call.word(at + 2)), false);
    return below.keySet().removeIf(id -> !spared.contains(id));
  }
}

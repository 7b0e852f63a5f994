package io.norn.merge;

import io.norn.command.DbKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands of one transaction. A command that replaces a key cancels what was to be written to
 * it before.
 */
final class Emissions {
  private final List<Emission> emissions = new ArrayList<>();
  private final Map<DbKey, List<Integer>> cancellable = new HashMap<>();
  private final Map<DbKey, StreamBatch> openStreams = new HashMap<>();
  private final Map<Integer, StreamBatch> streams = new HashMap<>();
  private long impossible;

  /** Changes of a stream, in one command as long as nothing else comes in between. */
  StreamBatch stream(DbKey key) {
    StreamBatch open = openStreams.get(key);
    if (open == null) {
      open = new StreamBatch();
      streams.put(emissions.size(), open);
      add(key, new byte[0][]);
      openStreams.put(key, open);
    }
    return open;
  }

  void add(DbKey key, byte[][] command) {
    openStreams.remove(key);
    cancellable.computeIfAbsent(key, k -> new ArrayList<>(2)).add(emissions.size());
    emissions.add(new Emission(key.db(), key, command));
  }

  void replace(DbKey key, byte[][] command) {
    List<Integer> before = cancellable.remove(key);
    if (before != null) {
      before.forEach(index -> emissions.set(index, null));
    }
    add(key, command);
  }

  /** A command on keys that cannot be told apart: nothing before it may be cancelled any more. */
  void addVerbatim(int db, byte[][] command) {
    cancellable.clear();
    openStreams.clear();
    emissions.add(new Emission(db, null, command));
  }

  /** An increment that the server would refuse, because the value is no number or too large. */
  void noteImpossible() {
    impossible++;
  }

  long impossible() {
    return impossible;
  }

  List<Emission> toList() {
    List<Emission> list = new ArrayList<>();
    for (int i = 0; i < emissions.size(); i++) {
      Emission emission = emissions.get(i);
      if (emission != null) {
        StreamBatch stream = streams.get(i);
        list.add(stream == null ? emission : emission.with(stream.command(emission.key())));
      }
    }
    return list;
  }
}

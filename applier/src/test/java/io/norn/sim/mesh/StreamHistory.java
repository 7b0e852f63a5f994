package io.norn.sim.mesh;

import io.norn.sim.model.StreamEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stamps the operations of one stream, from its commands alone and without the core's help: an
 * operation gets the time of the first tick that covers it, or one more than the largest before it.
 */
final class StreamHistory {
  private final String node;
  private final String stream;
  private final List<Unit> units = new ArrayList<>();
  private List<Entry> open;
  private final Map<String, Long> vector = new HashMap<>();
  private int database;

  StreamHistory(String node, String stream, List<StreamEntry> entries) {
    this.node = node;
    this.stream = stream;
    entries.forEach(this::read);
  }

  private record Entry(int database, List<String> words, long endOffset) {}

  private static final class Unit {
    private final List<Entry> entries;
    private final Map<String, Long> seen;
    private long largest;
    private long cover;
    private boolean isOfClients;
    private boolean isState;

    Unit(List<Entry> entries, Map<String, Long> seen) {
      this.entries = entries;
      this.seen = Map.copyOf(seen);
    }

    long endOffset() {
      return entries.get(entries.size() - 1).endOffset();
    }
  }

  /** The clients' operations with their stamps, in the order of the stream. */
  List<StampedOp> ops() {
    List<StampedOp> ops = new ArrayList<>();
    long largest = 0;
    for (Unit unit : units) {
      if (unit.isOfClients) {
        long hlc = Math.max(unit.cover, largest + 1);
        largest = hlc;
        for (Entry entry : unit.entries) {
          ops.add(
              new StampedOp(
                  hlc,
                  node + ":" + stream,
                  entry.endOffset(),
                  entry.database(),
                  entry.words(),
                  unit.seen));
        }
      }
      largest = Math.max(largest + (unit.isState ? 1 : 0), unit.largest);
    }
    return ops;
  }

  private void read(StreamEntry entry) {
    switch (entry.name()) {
      case "SELECT" -> database = Integer.parseInt(entry.words().get(1));
      case "MULTI" -> open = new ArrayList<>();
      case "EXEC" -> {
        add(new Unit(open, vector));
        open = null;
      }
      default -> readWrite(new Entry(database, entry.words(), entry.endOffset()));
    }
  }

  private void readWrite(Entry entry) {
    if (open == null) {
      add(new Unit(List.of(entry), vector));
    } else {
      open.add(entry);
    }
  }

  private void add(Unit unit) {
    List<String> first = unit.entries.get(0).words();
    if (first.get(1).equals("__norn:v")) {
      readMarker(unit, first);
    } else if (first.get(1).equals("__norn")) {
      readMessage(unit, first);
    } else {
      unit.isOfClients = true;
    }
    units.add(unit);
  }

  private void readMarker(Unit unit, List<String> words) {
    for (int i = 2; i < words.size(); i += 2) {
      if (words.get(i).startsWith("v:")) {
        String[] progress = words.get(i + 1).split(" ", -1);
        vector.put(words.get(i).substring(2), Long.parseLong(progress[0]));
        long stamp = Long.parseLong(progress[1]);
        unit.largest = Math.max(unit.largest, stamp);
      }
    }
  }

  private void readMessage(Unit unit, List<String> words) {
    String text = words.get(words.size() - 1);
    boolean isField = words.get(0).equals("HSET") && words.get(2).equals("t");
    unit.isState =
        words.get(0).equals("SPUBLISH") && (text.startsWith("s ") || text.startsWith("m "));
    boolean isMessage = words.get(0).equals("SPUBLISH") && text.startsWith("t ");
    if (isField || isMessage) {
      readTick(unit, (isField ? text : text.substring(2)).split(" ", -1));
    }
  }

  private void readTick(Unit unit, String[] parts) {
    unit.largest = Long.parseLong(parts[0]);
    if (!parts[1].equals(stream)) {
      return;
    }
    for (Unit before : units) {
      boolean isCovered = before.endOffset() <= Long.parseLong(parts[2]);
      if (before.isOfClients && before.cover == 0 && isCovered) {
        before.cover = unit.largest;
      }
    }
  }
}

package io.norn.stream;

import io.norn.clock.StreamId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Feeds a decoder with commands of ten bytes each, and collects what it hands on. */
final class StreamScript {
  static final StreamId ORIGIN = new StreamId("a", "s1");
  static final StreamId OTHER = new StreamId("b", "s2");
  private static final long LENGTH = 10;

  private final List<StreamItem> items = new ArrayList<>();
  private final StreamDecoder decoder;
  private final List<UnclassifiedDelete> deletes = new ArrayList<>();
  private long offset;

  StreamScript() {
    this(DecoderState.at(0));
  }

  StreamScript(DecoderState start) {
    decoder = new StreamDecoder(ORIGIN, start, VersionVector.EMPTY, items::add);
    decoder.onDelete(deletes::add);
    offset = start.offset();
  }

  /** What ticks had to tell of. */
  List<UnclassifiedDelete> deletes() {
    return deletes;
  }

  /** Adds a command, given as words; returns its end offset. */
  long add(String... words) {
    return add(Arrays.stream(words).map(Text::bytes).toArray(byte[][]::new));
  }

  long add(byte[][] command) {
    offset += LENGTH;
    decoder.accept(command, offset);
    return offset;
  }

  long marker(long batch, long upto, long largest) {
    Marker marker = new Marker("i", batch, Map.of(OTHER, new Progress(upto, largest, 0, batch)));
    return add(marker.asWrite());
  }

  long tick(long hlc, long upto) {
    return tick(hlc, upto, Map.of());
  }

  long tick(long hlc, long upto, Map<Long, DeleteCause> deletes) {
    return add(new Tick(hlc, ORIGIN.stream(), upto, new TreeMap<>(deletes)).asWrite());
  }

  StreamDecoder decoder() {
    return decoder;
  }

  List<StreamItem> items() {
    return items;
  }

  /** What was handed on, one line each. */
  List<String> lines() {
    return lines(items);
  }

  static List<String> lines(List<StreamItem> items) {
    return items.stream().map(StreamScript::line).toList();
  }

  private static String line(StreamItem item) {
    String where = " @" + item.place() + " resume " + item.after().offset();
    if (item instanceof StreamItem.ChangeUnit unit) {
      return "unit " + unit.hlc() + " " + text(unit.changes()) + where;
    } else if (item instanceof StreamItem.AppliedBatch batch) {
      return "batch " + batch.marker().batch() + " " + text(batch.commands()) + where;
    }
    return item.getClass().getSimpleName() + where;
  }

  private static String text(List<Change> changes) {
    return changes.stream()
        .map(
            change ->
                String.join(" ", Arrays.stream(change.args()).map(Text::latin1).toList())
                    + "@"
                    + change.endOffset())
        .toList()
        .toString();
  }
}

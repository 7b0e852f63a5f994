package io.norn.agent.mesh;

import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import io.norn.journal.JournalSettings;
import io.norn.journal.StreamRange;
import io.norn.journal.SyncPolicy;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.stream.Change;
import io.norn.stream.DecoderState;
import io.norn.stream.StreamDecoder;
import io.norn.stream.StreamItem;
import io.norn.stream.Taken;
import io.norn.stream.VersionVector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a journaled stream says about a key, with stamps and marks. */
final class StreamTrace {
  private static final int LINES_KEPT = 60;

  private final String node;
  private final Path journal;
  private final List<String> lines = new ArrayList<>();
  private final List<String> pops = new ArrayList<>();

  StreamTrace(String node, Path journal) {
    this.node = node;
    this.journal = journal;
  }

  /**
   * How many pops of a list no tick told: other nodes executed them as they stand.
   *
   * @param earlier how many of the first pops do not count
   */
  long untoldPops(int db, String key, int earlier) throws IOException {
    of(db, key);
    return pops.stream().skip(earlier).filter(name -> !name.equals(Taken.COMMAND)).count();
  }

  /** The last lines about the key. */
  List<String> of(int db, String key) throws IOException {
    JournalSettings settings =
        new JournalSettings(journal, SyncPolicy.NO, 1L << 33, Duration.ofDays(7), 1 << 20);
    try (Journal open = Journal.open(settings, InstantSource.system())) {
      for (StreamRange range : open.streams()) {
        lines.add("-- stream " + range);
      }
      StreamRange range = open.latest().orElseThrow();
      try (JournalReader reader = open.reader(range.stream(), range.firstOffset())) {
        decode(reader, range, db, key);
      }
    }
    return lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size());
  }

  private void decode(JournalReader reader, StreamRange range, int db, String key)
      throws IOException {
    CommandFramer framer = new CommandFramer(range.firstOffset(), RespLimits.DEFAULT);
    StreamDecoder decoder =
        new StreamDecoder(
            new StreamId(node, range.stream()),
            DecoderState.at(range.firstOffset()),
            VersionVector.EMPTY,
            item -> show(item, db, key));
    for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
      framer.feed(entry.bytes(), 0, entry.bytes().length);
      while (framer.next()) {
        decoder.accept(framer.command(), framer.endOffset());
      }
    }
    lines.add("-- read up to " + decoder.released() + ", uncovered " + decoder.uncoveredUpto());
  }

  private void show(StreamItem item, int db, String key) {
    if (item instanceof StreamItem.ChangeUnit unit) {
      for (Change change : unit.changes()) {
        if (isOn(change, db, key)) {
          lines.add(unit.stamp(change).hlc() + " " + node + " " + text(change));
          addPop(new String(change.args()[0], StandardCharsets.UTF_8));
        }
      }
    } else if (item instanceof StreamItem.AppliedBatch batch) {
      List<Change> on = batch.commands().stream().filter(each -> isOn(each, db, key)).toList();
      if (!on.isEmpty()) {
        lines.add("marker " + batch.marker());
        on.forEach(change -> lines.add("    " + text(change)));
      }
    }
  }

  private void addPop(String name) {
    if (List.of("LPOP", "RPOP", Taken.COMMAND).contains(name)) {
      pops.add(name);
    }
  }

  private static boolean isOn(Change change, int db, String key) {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    return change.db() == db
        && Arrays.stream(change.args()).skip(1).anyMatch(arg -> Arrays.equals(arg, name));
  }

  private static String text(Change change) {
    return change.endOffset()
        + ": "
        + Arrays.stream(change.args())
            .map(arg -> new String(arg, StandardCharsets.UTF_8))
            .map(arg -> arg.length() > 60 ? arg.substring(0, 60) + "…" : arg)
            .collect(Collectors.joining(" "));
  }
}

package io.norn.sim.world;

import java.util.ArrayList;
import java.util.List;

/** A journal of one stream on a disk that outlives its agent. */
public final class SimJournal {
  private final List<Entry> entries = new ArrayList<>();
  private long endOffset;

  /** An empty journal that starts at a position. */
  public SimJournal(long startOffset) {
    this.endOffset = startOffset;
  }

  /** Appends a command; one that is there already is passed over. */
  public boolean append(byte[][] command, long offsetAfter) {
    if (offsetAfter <= endOffset) {
      return false;
    }
    entries.add(new Entry(command, offsetAfter));
    endOffset = offsetAfter;
    return true;
  }

  /** Offset after the last command in it. */
  public long endOffset() {
    return endOffset;
  }

  /** What ends after an offset. */
  public List<Entry> after(long offset) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).endOffset() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return List.copyOf(entries.subList(low, entries.size()));
  }

  /**
   * A command of the stream.
   *
   * @param command its words
   * @param endOffset offset after it
   */
  public record Entry(byte[][] command, long endOffset) {}
}

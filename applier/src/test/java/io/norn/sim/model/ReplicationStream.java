package io.norn.sim.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A primary's replication stream: what a replica gets after its full sync. */
public final class ReplicationStream {
  private static final int NO_DATABASE = -1;

  private final Dialect dialect;
  private final List<StreamEntry> entries = new ArrayList<>();
  private final long startOffset;
  private long endOffset;
  private int database = NO_DATABASE;

  ReplicationStream(Dialect dialect, long startOffset) {
    this.dialect = dialect;
    this.startOffset = startOffset;
    this.endOffset = startOffset;
  }

  /** Offset before the first entry. */
  public long startOffset() {
    return startOffset;
  }

  /** Offset after the last byte. */
  public long endOffset() {
    return endOffset;
  }

  /** All entries so far; grows. */
  public List<StreamEntry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** Index of the first entry that ends after the offset. */
  public int indexAfter(long offset) {
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
    return low;
  }

  /** A replica that attached anew makes the server name the database again. */
  public void forgetDatabase() {
    database = NO_DATABASE;
  }

  /** What the server itself sends now and then. */
  public void ping() {
    append(List.of("PING"));
  }

  /**
   * Everything that one command, script or transaction changed; several effects become a
   * transaction.
   */
  void add(List<Effect> effects) {
    if (effects.size() == 1) {
      addEffect(effects.get(0));
    } else if (!effects.isEmpty()) {
      if (dialect == Dialect.REDIS_7) {
        select(effects.get(0).database());
      }
      append(List.of("MULTI"));
      effects.forEach(this::addEffect);
      append(List.of("EXEC"));
    }
  }

  private void addEffect(Effect effect) {
    select(effect.database());
    append(effect.words());
  }

  private void select(int wanted) {
    if (wanted != database) {
      append(List.of("SELECT", Integer.toString(wanted)));
      database = wanted;
    }
  }

  private void append(List<String> words) {
    endOffset += Text.respLengthBytes(words);
    entries.add(new StreamEntry(words, endOffset));
  }
}

package io.norn.apply;

import io.norn.merge.OwedField;
import io.norn.stream.Marker;
import io.norn.stream.Reserved;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.List;

/**
 * Keeps {@link Intents} in step with the transactions of the apply loop and with what is {@link
 * Owed}. For the applying thread only.
 */
final class Ledger {
  private final Intents intents;
  private final Owed owed;
  private final NodeMonitor monitor;
  private Intents.Entry written;

  Ledger(Intents intents, Owed owed, NodeMonitor monitor) {
    this.intents = intents;
    this.owed = owed;
    this.monitor = monitor;
    this.written = intents.read();
  }

  /** What an agent before this one knew to be missing is asked for again. */
  void load() {
    written.failed().stream().filter(field -> !owed.holds(field.key())).forEach(this::miss);
  }

  /** A transaction is about to be sent. */
  void open(long batch, List<OwedField> doubtful) throws IOException {
    if (!doubtful.isEmpty()) {
      write(written.opened(batch, doubtful));
    }
  }

  /** Its outcome is known, and what failed in it is owed. */
  void close() throws IOException {
    if (written.isOpen()) {
      write(written.closed(owed.all()));
    }
  }

  /** Writes down what has come or gone meanwhile. */
  void keepUp() throws IOException {
    if (!written.isOpen() && !written.failed().equals(owed.all())) {
      write(written.closed(owed.all()));
    }
  }

  /**
   * A transaction of which no reply was read: if it was executed, all that may have failed in it is
   * asked for. To be called when nothing can be on its way any more.
   */
  void resolve(ApplyConnection connection) throws IOException {
    if (written.isOpen()) {
      if (lastBatch(connection) >= written.batch()) {
        written.doubtful().forEach(this::miss);
      }
      close();
    }
  }

  private static long lastBatch(ApplyConnection connection) throws IOException {
    Object field = connection.server().require("HGET", Reserved.VECTOR_KEY, Reserved.BATCH_FIELD);
    return field instanceof byte[] raw ? Marker.batchOf(Text.latin1(raw)) : 0;
  }

  private void miss(OwedField field) {
    owed.add(field.cause().origin().node(), field);
    monitor.with(
        state -> {
          state.window().lacks(List.of(field.key()), field.cause());
          return null;
        });
  }

  private void write(Intents.Entry record) throws IOException {
    intents.write(record);
    written = record;
  }
}

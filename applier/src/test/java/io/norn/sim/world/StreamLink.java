package io.norn.sim.world;

import io.norn.sim.model.ReplicationStream;
import io.norn.sim.model.StreamEntry;
import java.util.List;

/**
 * The way of a replication stream from a server to one reader: in order, late, and with breaks
 * after which the reader goes on from what it has.
 */
public final class StreamLink {
  private final EventQueue time;
  private final SimServer server;
  private final ReplicationStream source;
  private final Latency latency;
  private final StreamReader reader;
  private int nextIndex;
  private int session;
  private boolean isUp;
  private boolean isClosed;
  private long lastArrivalMicros;

  /** A link that is up; reading starts at the reader's position. */
  public StreamLink(EventQueue time, SimServer server, Latency latency, StreamReader reader) {
    this.time = time;
    this.server = server;
    this.source = server.model().stream();
    this.latency = latency;
    this.reader = reader;
    server.add(this);
    restore();
  }

  /** Everything in flight is lost. */
  public void cut() {
    isUp = false;
    session++;
  }

  /** The reader is connected again and asks for what it misses. */
  public void restore() {
    if (!isUp && !isClosed) {
      isUp = true;
      nextIndex = source.indexAfter(reader.position());
      pump();
    }
  }

  /** Nothing arrives for so long, but nothing is lost. */
  public void stall(long micros) {
    lastArrivalMicros = Math.max(lastArrivalMicros, time.nowMicros() + micros);
  }

  /** The reader is gone for good. */
  public void close() {
    cut();
    isClosed = true;
    server.remove(this);
  }

  /** The stream has grown. */
  void pump() {
    if (!isUp || nextIndex == source.entries().size()) {
      return;
    }
    List<StreamEntry> news =
        List.copyOf(source.entries().subList(nextIndex, source.entries().size()));
    nextIndex = source.entries().size();
    lastArrivalMicros = Math.max(lastArrivalMicros, time.nowMicros() + latency.nextMicros());
    int sentIn = session;
    time.at(lastArrivalMicros, () -> deliver(news, sentIn));
  }

  private void deliver(List<StreamEntry> news, int sentIn) {
    for (StreamEntry entry : news) {
      if (session != sentIn) {
        return;
      }
      reader.accept(entry.command(), entry.endOffset());
    }
  }
}

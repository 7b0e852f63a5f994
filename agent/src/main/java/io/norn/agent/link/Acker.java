package io.norn.agent.link;

import io.norn.journal.Journal;
import io.norn.journal.SyncPolicy;
import io.norn.psync.PsyncSession;
import java.io.IOException;

/** Tells a primary how far its stream is journaled, and how far it is on disk. */
final class Acker {
  private static final long INTERVAL_NANOS = 100_000_000L;

  private final PsyncSession session;
  private final Journal journal;
  private final SyncPolicy policy;
  private long lastNanos;

  Acker(PsyncSession session, Journal journal, SyncPolicy policy) {
    this.session = session;
    this.journal = journal;
    this.policy = policy;
  }

  /** Acknowledges at once. */
  void now() throws IOException {
    if (policy == SyncPolicy.ALWAYS) {
      journal.sync();
    }
    long end = policy == SyncPolicy.ALWAYS ? journal.durableEnd() : journal.end();
    session.ack(end, journal.durableEnd());
    lastNanos = System.nanoTime();
  }

  /** Acknowledges if the last time is some while ago. */
  void nowAndThen() throws IOException {
    if (System.nanoTime() - lastNanos > INTERVAL_NANOS) {
      now();
    }
  }
}

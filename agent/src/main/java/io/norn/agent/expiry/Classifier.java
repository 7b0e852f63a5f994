package io.norn.agent.expiry;

import io.norn.agent.expiry.Entry.Verdict;
import io.norn.stream.DeleteCause;
import io.norn.stream.Tick;
import io.norn.stream.UnclassifiedDelete;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Matches the deletes of one stream with what the server says of its own.
 *
 * <p>An event is there before the answer to anything that was asked after its delete was read (seen
 * in 2,400 tries on Redis 7.0.15 and Valkey 8.0.1). So after a <em>probe</em> a delete without an
 * event is a client's. An event may be ahead of the stream, though, and belong to a delete that was
 * not read yet; so where there is one, the stream is read on to a place behind the probe, the
 * <em>cut</em>, before deletes and events of a key are counted against each other. Pure but for its
 * lock: who asks the server, calls this. May be used by any thread.
 */
final class Classifier {
  /** After so many cuts a key that is deleted all the time is matched with what is there. */
  private static final int MAX_POSTPONED = 4;

  /** A tick of usual length; only a single transaction may make one longer. */
  private static final int DELETES_PER_TICK = 1000;

  /** Of a stream that is read so late no more events are kept. */
  private static final int MAX_KEYS = 1_000_000;

  private static final long NONE = -1;

  private final LongSupplier clockMillis;
  private final Unseen unseen;
  private final ArrayDeque<Entry> order = new ArrayDeque<>();
  private final Map<KeyId, KeyLog> keys = new HashMap<>();

  private State state = State.CLOSED;
  private long openFrom;
  private long sureFrom;
  private long events;
  private long lastDelete;
  private long readUpto;
  private long coveredUpto;
  private long probedUpto = NONE;
  private long answeredUpto = NONE;
  private long cutRead = NONE;
  private long cutEvents;
  private long cutOffset = NONE;
  private long unseenCount;
  private long serversCount;

  /** What becomes of deletes that no subscription saw. */
  enum Unseen {
    /** They are taken for clients'. */
    CLIENTS,

    /** No tick covers them. */
    LEFT_TO_OTHERS
  }

  private enum State {
    CLOSED,
    OPENING,
    OPEN
  }

  Classifier(Unseen unseen, LongSupplier clockMillis) {
    this.unseen = unseen;
    this.clockMillis = clockMillis;
  }

  /** A subscription is asked for; deletes up to this offset happened before. */
  synchronized void opening(long offset) {
    state = State.OPENING;
    openFrom = offset;
  }

  /** It stands; what happened behind this offset is seen for sure. */
  synchronized void opened(long offset) {
    state = State.OPEN;
    sureFrom = offset;
  }

  /** It is over: events that came count, and no more come. */
  synchronized void lost() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    long now = clockMillis.getAsLong();
    logs().forEach(log -> log.match(Long.MAX_VALUE, events, now, Verdict.UNSEEN));
    keys.clear();
    probedUpto = NONE;
    answeredUpto = NONE;
    cutRead = NONE;
    cutOffset = NONE;
  }

  /** The stream shows a delete. */
  synchronized void deleted(UnclassifiedDelete delete) {
    lastDelete = delete.endOffset();
    Entry entry = new Entry(delete, order.peekLast());
    order.add(entry);
    if (state == State.CLOSED || delete.endOffset() <= openFrom) {
      entry.decide(Verdict.UNSEEN);
    } else {
      log(entry);
    }
  }

  private void log(Entry entry) {
    keys.computeIfAbsent(KeyId.of(entry.delete()), id -> new KeyLog()).add(entry);
  }

  /** The server tells of a delete of its own. */
  synchronized void removed(ServerEvent event) {
    if (keys.size() > MAX_KEYS) {
      lost();
    } else if (state != State.CLOSED) {
      keys.computeIfAbsent(KeyId.of(event), id -> new KeyLog()).add(event.cause(), ++events);
    }
  }

  /** False if a new subscription is needed. */
  synchronized boolean isOpen() {
    return state == State.OPEN;
  }

  /** The stream was read up to there, and is stamped up to there. */
  synchronized void read(long upto, long covered) {
    readUpto = upto;
    coveredUpto = covered;
    while (!order.isEmpty() && order.peek().delete().end() <= covered) {
      order.poll();
    }
    finishCut();
  }

  /** True if the server is to be asked now; the answer is {@link #probed}. */
  synchronized boolean probe() {
    boolean isNew = lastDelete > answeredUpto || cutRead == NONE;
    boolean wanted = state == State.OPEN && probedUpto == NONE && !keys.isEmpty() && isNew;
    if (wanted) {
      probedUpto = Math.max(readUpto, lastDelete);
    }
    return wanted;
  }

  /**
   * It is answered.
   *
   * @return true if the server's offset is needed for a cut
   */
  synchronized boolean probed() {
    long upto = probedUpto;
    probedUpto = NONE;
    if (upto == NONE) {
      return false;
    }
    answeredUpto = upto;
    for (KeyLog log : logs()) {
      if (!log.hasEvents()) {
        log.decideWithoutEvents(Math.min(upto, sureFrom), Verdict.UNSEEN);
        log.decideWithoutEvents(upto, Verdict.CLIENTS);
      }
    }
    keys.values().removeIf(KeyLog::isEmpty);
    if (cutRead == NONE && !keys.isEmpty()) {
      cutRead = upto;
      cutEvents = events;
      return true;
    }
    return false;
  }

  /** The server's offset, asked after a probe was answered. */
  synchronized void cut(long offset) {
    cutOffset = cutRead == NONE ? NONE : offset;
    finishCut();
  }

  private void finishCut() {
    if (cutOffset == NONE || readUpto < cutOffset || cutRead == NONE) {
      return;
    }
    long now = clockMillis.getAsLong();
    logs().forEach(log -> match(log, now));
    keys.values().removeIf(KeyLog::isEmpty);
    cutRead = NONE;
    cutOffset = NONE;
  }

  /** Those of fields first: what becomes of a key may follow from its last fields. */
  private List<KeyLog> logs() {
    return keys.entrySet().stream()
        .sorted(Comparator.comparing(each -> !each.getKey().ofFields()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private void match(KeyLog log, long nowMillis) {
    int count = log.eventsUpto(cutEvents);
    boolean isLate = log.isLate(cutRead, cutOffset);
    if (isLate && count >= log.deletesUpto(cutOffset)) {
      log.match(cutOffset, cutEvents, nowMillis, Verdict.CLIENTS);
      log.dropEvents(cutEvents);
    } else if (!isLate) {
      log.match(cutRead, cutEvents, nowMillis, rest(log));
      log.dropEvents(cutEvents);
    } else if (log.postpone() > MAX_POSTPONED) {
      log.matchDue(cutRead, cutEvents, nowMillis, rest(log));
    }
  }

  /** What happened while the subscription was set up may have gone without an event. */
  private Verdict rest(KeyLog log) {
    return log.deletesUpto(sureFrom) > 0 ? Verdict.UNSEEN : Verdict.CLIENTS;
  }

  /** What a tick may cover of what was read up to there. */
  synchronized Coverage coverage(long upto) {
    SortedMap<Long, DeleteCause> own = new TreeMap<>();
    long end = upto;
    for (Entry entry : order) {
      if (entry.delete().end() > end) {
        break;
      }
      if (isBarred(entry) || isTooMuch(entry, own)) {
        end = entry.delete().begin();
      } else if (entry.verdict() == Verdict.SERVERS && own.size() < Tick.MAX_DELETES) {
        own.put(entry.offset(), entry.cause());
      }
    }
    own.tailMap(end + 1).clear();
    return new Coverage(end, own, unseenUpto(end));
  }

  private int unseenUpto(long end) {
    int count = 0;
    for (Entry entry : order) {
      if (entry.delete().end() > end) {
        break;
      }
      count += entry.verdict() == Verdict.UNSEEN ? 1 : 0;
    }
    return count;
  }

  private static boolean isTooMuch(Entry entry, SortedMap<Long, DeleteCause> own) {
    return own.size() >= DELETES_PER_TICK && entry.delete().begin() >= own.lastKey();
  }

  private boolean isBarred(Entry entry) {
    return entry.delete().end() > coveredUpto
        && (entry.isOpen()
            || (entry.verdict() == Verdict.UNSEEN && unseen == Unseen.LEFT_TO_OTHERS));
  }

  /** A tick that covers what {@link #coverage} told was written. */
  synchronized void written(Coverage coverage) {
    unseenCount += coverage.unseen();
    serversCount += coverage.deletes().size();
    while (!order.isEmpty() && order.peek().delete().end() <= coverage.upto()) {
      order.poll();
    }
  }

  /** How many deletes were taken for clients' because no subscription stood. */
  synchronized long unseenCount() {
    return unseenCount;
  }

  /** How many deletes were found to be the server's own. */
  synchronized long serversCount() {
    return serversCount;
  }
}

package io.norn.agent.expiry;

import io.norn.agent.expiry.Entry.Verdict;
import io.norn.stream.DeleteCause;
import io.norn.stream.UnclassifiedDelete;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Deletes of one key that are not decided, and events that are not matched, in order. */
final class KeyLog {
  /** How much a server's clock may be behind ours, and a key that expired still be due by ours. */
  private static final long CLOCK_SLACK_MILLIS = 1000;

  private static final int DUE = 0;
  private static final int MAYBE_DUE = 1;
  private static final int NOT_DUE = 2;

  private final List<Entry> deletes = new ArrayList<>();
  private final Deque<Event> events = new ArrayDeque<>();
  private int postponed;

  /** An event with its place among all that came. */
  private record Event(DeleteCause cause, long number) {}

  void add(Entry entry) {
    deletes.add(entry);
  }

  void add(DeleteCause cause, long number) {
    events.add(new Event(cause, number));
  }

  boolean hasEvents() {
    return !events.isEmpty();
  }

  boolean isEmpty() {
    return deletes.isEmpty() && events.isEmpty();
  }

  /** No event came, so these are clients'. */
  void decideWithoutEvents(long upto, Verdict verdict) {
    for (Entry entry : deletes) {
      if (entry.offset() <= upto && entry.isReady() && !entry.follow()) {
        entry.decide(verdict);
      }
    }
    forgetDecided();
  }

  /** True if deletes stand behind one offset and up to another. */
  boolean isLate(long after, long upto) {
    return deletes.stream().anyMatch(entry -> entry.offset() > after && entry.offset() <= upto);
  }

  /** Counts how often it was too early to match. */
  int postpone() {
    return ++postponed;
  }

  int deletesUpto(long upto) {
    return (int) deletes.stream().filter(entry -> entry.offset() <= upto).count();
  }

  int eventsUpto(long number) {
    return (int) events.stream().filter(event -> event.number() <= number).count();
  }

  /**
   * Gives events to deletes. Where there are more deletes than events, those that by the stream had
   * no expiry due are clients'.
   *
   * @param upto of the deletes, the last one
   * @param number of the events, the last one
   * @param nowMillis wall clock
   * @param rest verdict of the deletes without an event
   */
  void match(long upto, long number, long nowMillis, Verdict rest) {
    match(candidates(upto), number, nowMillis, rest);
  }

  /** As {@link #match}, when some of the events may belong to deletes behind that. */
  void matchDue(long upto, long number, long nowMillis, Verdict rest) {
    List<Entry> candidates = candidates(upto);
    candidates.stream()
        .filter(entry -> unlikeliness(entry, nowMillis) == NOT_DUE)
        .forEach(entry -> entry.decide(rest));
    match(candidates.stream().filter(Entry::isOpen).toList(), number, nowMillis, rest);
  }

  private List<Entry> candidates(long upto) {
    return deletes.stream()
        .filter(entry -> entry.offset() <= upto && entry.isReady() && !entry.follow())
        .toList();
  }

  private void match(List<Entry> candidates, long number, long nowMillis, Verdict rest) {
    int count = Math.min(candidates.size(), eventsUpto(number));
    candidates.stream()
        .sorted(Comparator.comparingInt(entry -> unlikeliness(entry, nowMillis)))
        .limit(count)
        .sorted(Comparator.comparingLong(Entry::offset))
        .toList()
        .forEach(entry -> entry.servers(events.poll().cause()));
    candidates.stream().filter(Entry::isOpen).forEach(entry -> entry.decide(rest));
    forgetDecided();
    postponed = 0;
  }

  private static int unlikeliness(Entry entry, long nowMillis) {
    long dueMillis = entry.delete().dueMillis();
    if (dueMillis == UnclassifiedDelete.ANY_TIME) {
      return MAYBE_DUE;
    }
    return dueMillis <= nowMillis + CLOCK_SLACK_MILLIS ? DUE : NOT_DUE;
  }

  /** Events up to this one belong to no delete that is still open. */
  void dropEvents(long number) {
    events.removeIf(event -> event.number() <= number);
  }

  private void forgetDecided() {
    deletes.removeIf(entry -> !entry.isOpen());
  }
}

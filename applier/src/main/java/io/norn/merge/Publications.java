package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.stream.StateQuestion;
import io.norn.stream.Text;
import io.norn.window.Unordered;
import io.norn.window.Unordered.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * When this node publishes the state of a key, and when it asks another one to.
 *
 * <p>The owner of an unsettled key, whose operation has the largest stamp, publishes at once.
 * Others give it some time, then ask it, and in the end publish themselves unless they lack
 * something.
 */
public final class Publications {
  private static final long ASK_AFTER_MILLIS = 100;
  private static final long ASK_AGAIN_MILLIS = 500;
  private static final long PUBLISH_AFTER_MILLIS = 1_500;

  /** Two nodes that lack something of each other: then neither has it. */
  private static final long GIVE_UP_MILLIS = 3_000;

  private static final long PAUSE_MILLIS = 20;
  private static final long BYTES_PER_MILLI = 10_000;

  private final StreamId own;
  private final Unordered unordered;
  private final Predicate<DbKey> isSound;
  private final Predicate<DbKey> isTold;
  private final Set<DbKey> asked = new LinkedHashSet<>();
  private final Map<DbKey, Timing> timings = new HashMap<>();
  private long lookedMillis;

  /**
   * Starts without any.
   *
   * @param isSound false for keys that have to be repaired first
   * @param isTold false for keys that hold more than others would know
   */
  Publications(
      StreamId own, Unordered unordered, Predicate<DbKey> isSound, Predicate<DbKey> isTold) {
    this.isSound = isSound;
    this.isTold = isTold;
    this.own = own;
    this.unordered = unordered;
  }

  /** What there is to do now. */
  public record Due(List<DbKey> publish, List<StateQuestion> ask) {}

  private static final class Timing {
    private final long sinceMillis;
    private long askMillis;
    private long publishMillis;

    Timing(long nowMillis) {
      sinceMillis = nowMillis;
      askMillis = nowMillis + ASK_AFTER_MILLIS;
    }
  }

  /** A peer wants the state of a key. */
  void asked(StateQuestion question) {
    if (question.node().equals(own.node())) {
      asked.add(DbKey.of(question.db(), Text.latin1Bytes(question.key())));
    }
  }

  /** True if something is due now or later. */
  public boolean isWaiting() {
    return !asked.isEmpty() || !unordered.cases().isEmpty();
  }

  /**
   * What is due. When the clock was set back, all waiting begins anew.
   *
   * @param nowMillis wall clock, milliseconds since the epoch
   * @param atMost number of states
   */
  public Due due(long nowMillis, int atMost) {
    if (nowMillis < lookedMillis) {
      timings.clear();
    }
    lookedMillis = nowMillis;
    Due due = new Due(new ArrayList<>(), new ArrayList<>());
    for (DbKey key : asked) {
      decide(key, asCase(key), nowMillis, due);
    }
    unordered.cases().forEach((key, each) -> decide(key, each, nowMillis, due));
    if (due.publish().size() > atMost) {
      due.publish().subList(atMost, due.publish().size()).clear();
    }
    timings.keySet().removeIf(key -> !asked.contains(key) && !unordered.cases().containsKey(key));
    return due;
  }

  /** Who is asked owns the key, unless something is missing here. */
  private Unordered.Case asCase(DbKey key) {
    Unordered.Case known = unordered.cases().get(key);
    return known != null && known.kind() == Kind.LACKS
        ? known
        : new Unordered.Case(Kind.HOLDS, null, own);
  }

  private void decide(DbKey key, Unordered.Case unsettled, long nowMillis, Due due) {
    if (due.publish().contains(key) || !isSound.test(key)) {
      return;
    }
    Timing timing = timings.computeIfAbsent(key, k -> new Timing(nowMillis));
    boolean owns = unsettled.owner().node().equals(own.node());
    if (mayPublish(key, unsettled, nowMillis - timing.sinceMillis)) {
      if (nowMillis >= timing.publishMillis && isTold.test(key)) {
        due.publish().add(key);
      }
    } else if (!owns && nowMillis >= timing.askMillis) {
      timing.askMillis = nowMillis + ASK_AGAIN_MILLIS;
      due.ask()
          .add(new StateQuestion(unsettled.owner().node(), key.db(), Text.latin1(key.key().raw())));
    }
  }

  private boolean mayPublish(DbKey key, Unordered.Case unsettled, long waitedMillis) {
    if (unsettled.kind() == Kind.LACKS) {
      return asked.contains(key) && waitedMillis >= GIVE_UP_MILLIS;
    }
    return unsettled.owner().node().equals(own.node()) || waitedMillis >= PUBLISH_AFTER_MILLIS;
  }

  /**
   * True if what was read of a key that was due may be published, now that the own stream has been
   * seen up to where it was read: meanwhile it may have shown that something is missing here.
   */
  public boolean mayStillPublish(DbKey key, long nowMillis) {
    Unordered.Case known = unordered.cases().get(key);
    boolean lacks = known != null && known.kind() == Kind.LACKS;
    Timing timing = timings.getOrDefault(key, new Timing(nowMillis));
    return isSound.test(key)
        && isTold.test(key)
        && (!lacks || mayPublish(key, known, nowMillis - timing.sinceMillis));
  }

  /** The state was put into the own stream, or could not be because a client wrote the key. */
  public void tried(DbKey key, long bytes, long nowMillis) {
    Timing timing = timings.computeIfAbsent(key, k -> new Timing(nowMillis));
    timing.publishMillis = nowMillis + PAUSE_MILLIS + bytes / BYTES_PER_MILLI;
  }

  /** Who asked is answered. */
  public void answered(DbKey key) {
    asked.remove(key);
  }
}

package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.MergePolicy;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.stream.VersionVector;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recent operations that some node may not have yet. A function of the own stream: of the commands
 * of clients in it, and of the changes that its markers stand for. Not thread-safe.
 */
public final class Window {
  private final MergePolicy policy;
  private final StreamId own;
  private final Forgetting forgetting;
  private final Map<DbKey, KeyWindow> keys = new HashMap<>();
  private final WholeIndexes wholes = new WholeIndexes();
  private final Flushes flushes = new Flushes();
  private final Traces traces = new Traces(this::isThere);
  private final Set<DbKey> unsureExpiries = new LinkedHashSet<>();
  private final Set<Score> unsureScores = new LinkedHashSet<>();
  private final Set<DbKey> repairs = new LinkedHashSet<>();
  private final Unordered unordered = new Unordered();
  private final Libraries libraries;
  private final Sources sources;
  private final OpaqueWindow opaques;
  private final Streams streams;

  public Window(StreamId own, Forgetting forgetting, MergePolicy policy) {
    this.policy = policy;
    this.own = own;
    this.forgetting = forgetting;
    this.libraries = new Libraries(forgetting);
    this.sources = new Sources(this, own);
    this.opaques = new OpaqueWindow(this, sources);
    this.streams = new Streams(own);
  }

  /**
   * A member of a sorted set.
   *
   * @param key the sorted set
   * @param member the member
   */
  public record Score(DbKey key, Element member) {}

  /**
   * Remembers an operation that was executed here, or skipped because of a later one.
   *
   * @param seen what its node had applied of others
   */
  public void add(Stamp stamp, VersionVector seen, Op op) {
    if (op instanceof Op.Flush flush) {
      flushes.add(flush, stamp);
    } else if (op instanceof Op.Elements elements) {
      addElements(stamp, seen, elements);
    } else if (op instanceof Op.Library library) {
      libraries.add(stamp, library);
    } else if (op instanceof Op.Opaque opaque) {
      opaques.add(stamp, seen, opaque.seenBy(seen));
    } else if (op instanceof Op.State state) {
      opaques.addState(stamp, seen, state);
    } else if (op instanceof Op.Expired expired) {
      opaques.addExpired(stamp, seen, expired.key());
    } else {
      DbKey key = op.keys().get(0);
      if (keys.containsKey(key) || !unordered.isEmpty()) {
        opaques.replacing(key, stamp);
      }
      Sighted whole = new Sighted(stamp, seen, op);
      streams.replaced(whole, policy);
      addWhole(whole);
    }
  }

  /** Remembers an operation of which it does not matter what its node had seen. */
  public void add(Stamp stamp, Op op) {
    add(stamp, VersionVector.EMPTY, op);
  }

  /** Keys on which nodes may differ until one publishes its state. */
  public Unordered unordered() {
    return unordered;
  }

  /** Libraries of functions. */
  public Libraries libraries() {
    return libraries;
  }

  /** Whether keys that commands read are what they were elsewhere. */
  public Sources sources() {
    return sources;
  }

  /** What is remembered of streams beside their elements. */
  public Streams streams() {
    return streams;
  }

  /** Something that an operation did to its keys is missing here. */
  public void lacks(List<DbKey> keys, Stamp cause) {
    for (DbKey key : keys) {
      unordered.note(key, new Unordered.Case(Unordered.Kind.LACKS, cause, cause.origin()));
    }
  }

  /** True if a published state is to be taken over. */
  public boolean takes(Stamp stamp, VersionVector seen, Op.State state) {
    return !opaques.isVoid(state.key(), new StateBase(stamp, seen, state.type()));
  }

  /** True if a key that expired at its node is to go here too. */
  public boolean expires(Stamp stamp, VersionVector seen, DbKey key) {
    StateBase gone = new StateBase(stamp, seen, ValueType.NONE);
    return !opaques.isVoid(key, gone) && !opaques.isHeldAgainst(key, gone);
  }

  /** What is remembered of a key that a state does not hold, in stamp order. */
  public List<LaterOp> uncoveredBy(Stamp stamp, VersionVector seen, DbKey key) {
    return of(key).uncoveredBy(new StateBase(stamp, seen, ValueType.OTHER));
  }

  private void addWhole(Sighted whole) {
    DbKey key = whole.op().keys().get(0);
    KeyWindow window = PolicyKeyWindow.isFor(whole.op(), policy) ? at(key) : keys.get(key);
    if (window == null) {
      addToIndex(key, whole.asWhole());
      return;
    }
    window.takeWhole(whole);
    if (ExpiryDoubts.isUnsureBehind(window, whole.stamp())) {
      unsureExpiries.add(key);
    }
    remember(whole.stamp(), key, null);
    if (policy.isSpecial(key)) {
      remember(whole.stamp(), key, Element.EXPIRY);
      dropIfEmpty(key, window);
    }
  }

  /** A key that was only written as a whole needs no window of its own. */
  private void addToIndex(DbKey key, WholeOp op) {
    if (!wholes.isLatest(key, op)) {
      return;
    }
    if (isForgettable(op.stamp(), key)) {
      wholes.drop(key);
    } else {
      wholes.add(key, op);
    }
  }

  private boolean isForgettable(Stamp stamp, DbKey key) {
    return unordered.isEmpty()
        && !repairs.contains(key)
        && stamp.offset() <= forgetting.safe(stamp.origin());
  }

  private void addElements(Stamp stamp, VersionVector seen, Op.Elements elements) {
    DbKey key = elements.key();
    KeyWindow window = at(key);
    if (elements.creates()) {
      window.addCreation(stamp, elements.type());
      if (ExpiryDoubts.mayBeEmptiedSince(window, stamp)) {
        unsureExpiries.add(key);
      }
      remember(stamp, key, null);
    }
    for (ElementOp op : elements.ops()) {
      if (op.mayEmpty()) {
        noteEmptier(stamp, key, window);
      }
      if (op.keepsExpiryOfOtherType() && window.isOtherTypeAfter(Stamp.FIRST, ValueType.STRING)) {
        unsureExpiries.add(key);
      }
      if (window.clashesAfter(stamp, op)) {
        unsureScores.add(new Score(key, op.element()));
      }
      if (window.add(stamp, seen, op)) {
        if (ExpiryDoubts.isUnsure(window, stamp, op)) {
          unsureExpiries.add(key);
        }
        remember(stamp, key, op.element());
      }
    }
    opaques.check(stamp, seen, elements, window);
    streams.added(stamp, seen, elements, window, this);
    dropIfEmpty(key, window);
  }

  void noteEmptier(Stamp stamp, DbKey key, KeyWindow window) {
    window.addEmptier(stamp);
    remember(stamp, key, null);
    if (ExpiryDoubts.mayBeEmptiedElsewhere(window, own, stamp)) {
      unsureExpiries.add(key);
    }
  }

  KeyWindow at(DbKey key) {
    KeyWindow window = keys.get(key);
    if (window == null) {
      window = PolicyKeyWindow.newFor(key, policy);
      keys.put(key, window);
      WholeOp whole = wholes.latest(key);
      wholes.drop(key);
      if (whole != null && !isForgettable(whole.stamp(), key)) {
        window.addWhole(whole);
        remember(whole.stamp(), key, null);
      }
    }
    return window;
  }

  void remember(Stamp stamp, DbKey key, Element element) {
    if (isForgettable(stamp, key)) {
      forget(new Traces.Trace(stamp.offset(), key, element), stamp.origin(), stamp.offset());
      return;
    }
    traces.add(stamp.origin(), new Traces.Trace(stamp.offset(), key, element));
  }

  private boolean isThere(Traces.Trace trace, StreamId origin) {
    KeyWindow window = keys.get(trace.key());
    return window != null && window.holds(trace.element(), origin, trace.offset());
  }

  /** Drops everything that by now is in at every node of the mesh. */
  public void forget() {
    if (!unordered.isEmpty()) {
      return;
    }
    traces.forget(forgetting::safe, trace -> repairs.contains(trace.key()), this::forget);
    wholes.forget(forgetting::safe);
    if (repairs.isEmpty()) {
      flushes.forget(stamp -> stamp.offset() <= forgetting.safe(stamp.origin()));
    }
  }

  private void forget(Traces.Trace trace, StreamId origin, long upto) {
    streams.forget(trace.key(), trace.element(), origin, upto);
    KeyWindow window = keys.get(trace.key());
    if (window != null) {
      window.forget(trace.element(), origin, upto);
      dropIfEmpty(trace.key(), window);
    }
  }

  void dropIfEmpty(DbKey key, KeyWindow window) {
    if (window.isEmpty()) {
      keys.remove(key);
    }
  }

  /** What is remembered of a key; the database's flushes are not part of it. */
  public KeyWindow of(DbKey key) {
    KeyWindow window = keys.get(key);
    if (window != null) {
      return window;
    }
    WholeOp whole = wholes.latest(key);
    if (whole == null && !policy.isSpecial(key)) {
      return KeyWindow.NOTHING;
    }
    return PolicyKeyWindow.of(key, policy, whole);
  }

  /** What decides where the order of stamps does not. */
  public MergePolicy policy() {
    return policy;
  }

  /** True if anything is remembered of a key, or must be. */
  public boolean remembers(DbKey key) {
    return policy.isSpecial(key) || keys.containsKey(key) || wholes.latest(key) != null;
  }

  /** When a database was flushed, as far as it is remembered. */
  public List<Stamp> flushesOf(int db) {
    return flushes.of(db);
  }

  /** True if the key's whole database was flushed later. */
  public boolean isFlushedAfter(Stamp stamp, int db) {
    return flushes.isAfter(stamp, db);
  }

  /**
   * Keys whose time to live other nodes may have lost: a removal of theirs can have emptied the key
   * there while it lived on here. The caller writes the time to live again where there is one, and
   * says {@link #expirySure}.
   */
  public Set<DbKey> unsureExpiries() {
    return unsureExpiries;
  }

  /** The key's time to live may differ between nodes for a reason that the window does not see. */
  public void doubtExpiry(DbKey key) {
    unsureExpiries.add(key);
  }

  public void expirySure(DbKey key) {
    unsureExpiries.remove(key);
  }

  /**
   * Scores that came out of increments and bounds ({@code ZADD GT}, {@code LT}) in an order that is
   * not theirs, and that cannot be taken back. The caller writes the score again, which settles it
   * everywhere, and says {@link #scoreSure}.
   */
  public Set<Score> unsureScores() {
    return unsureScores;
  }

  public void scoreSure(Score score) {
    unsureScores.remove(score);
  }

  /**
   * Keys that may not be what the operations in stamp order make of them. The caller executes what
   * is remembered of them again and says {@link #repaired}; until then nothing of them is
   * forgotten.
   */
  public Set<DbKey> repairs() {
    return repairs;
  }

  public void needsRepair(DbKey key) {
    repairs.add(key);
    dropIfEmpty(key, at(key));
  }

  public void repaired(DbKey key) {
    repairs.remove(key);
    forget();
  }

  /** True if the caller has to write something again. */
  public boolean isUnsure() {
    return !unsureExpiries.isEmpty() || !unsureScores.isEmpty() || !repairs.isEmpty();
  }

  /** Number of keys remembered. */
  public int keyCount() {
    return keys.size() + wholes.size();
  }

  /** Number of entries that wait to be forgotten, and some that lead nowhere any more. */
  public int entryCount() {
    return traces.size() + wholes.size() + flushes.size();
  }

  /**
   * First offset of the stream that is not forgotten; {@link Long#MAX_VALUE} if nothing of it is
   * remembered.
   */
  public long oldest(StreamId origin) {
    long oldest = Math.min(traces.oldest(origin), wholes.oldest(origin));
    oldest = Math.min(oldest, libraries.oldest(origin));
    oldest = Math.min(oldest, origin.equals(own) ? streams.oldest() : Long.MAX_VALUE);
    return Math.min(oldest, flushes.oldest(origin));
  }
}

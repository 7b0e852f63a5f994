package io.norn.sim.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** One primary in memory: single-threaded, its clock is set from outside. */
public final class ModelServer {
  private final Dialect dialect;
  private final String replid;
  private final Dataset dataset;
  private final ReplicationStream stream;
  private final List<Watches> watchers = new ArrayList<>();
  private final List<KeyEvent> events = new ArrayList<>();
  private final List<ExpiredKey> pendingEvents = new ArrayList<>();
  private long nowMillis;

  /** An empty server. */
  public ModelServer(Dialect dialect, String replid) {
    this(dialect, new Snapshot(new Dataset(), replid, 0));
  }

  /** A server that starts from what is on disk, and continues that stream. */
  public ModelServer(Dialect dialect, Snapshot snapshot) {
    this.dialect = dialect;
    this.replid = snapshot.replid();
    this.dataset = snapshot.dataset().copy();
    this.stream = new ReplicationStream(dialect, snapshot.offset());
  }

  /** A new client. */
  public ModelConnection connect() {
    return new ModelConnection(this);
  }

  /** The server's kind. */
  public Dialect dialect() {
    return dialect;
  }

  /** Id of the stream. */
  public String replid() {
    return replid;
  }

  /** What replicas get. */
  public ReplicationStream stream() {
    return stream;
  }

  /** Events {@code expired} so far; grows. */
  public List<KeyEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /** The server's wall clock. */
  public long nowMillis() {
    return nowMillis;
  }

  /** Sets the wall clock; it may jump. */
  public void setNowMillis(long millis) {
    nowMillis = millis;
  }

  /** Deletes what has expired, as the server does now and then on its own. */
  public void expireActively() {
    for (int i = 0; i < Dataset.DATABASES; i++) {
      for (String key : List.copyOf(dataset.database(i).keySet())) {
        if (dataset.database(i).get(key).isExpiredAt(nowMillis)) {
          expireAlone(i, key);
        }
      }
    }
  }

  /** Data and place in the stream, as saved to disk. */
  public Snapshot snapshot() {
    return new Snapshot(dataset.copy(), replid, stream.endOffset());
  }

  /**
   * All data in a form to compare: {@code db:key} to type, content and expiry, without Norn's own
   * keys.
   */
  public SortedMap<String, String> dump() {
    return dataset.canonical(nowMillis);
  }

  Dataset dataset() {
    return dataset;
  }

  void register(Watches watches) {
    watchers.add(watches);
  }

  void unregister(Watches watches) {
    watchers.remove(watches);
  }

  void touch(int database, String key) {
    watchers.forEach(watches -> watches.touch(database, key));
  }

  void propagate(List<Effect> unit) {
    stream.add(unit);
    pendingEvents.forEach(
        key -> events.add(new KeyEvent("expired", key.database(), key.name(), stream.endOffset())));
    pendingEvents.clear();
  }

  void expire(int database, String key, List<Effect> unit) {
    dataset.database(database).remove(key);
    touch(database, key);
    unit.add(new Effect(database, List.of(dialect.expiryCommand(), key)));
    expiredEvent(database, key);
  }

  void expireAlone(int database, String key) {
    List<Effect> unit = new ArrayList<>();
    expire(database, key, unit);
    propagate(unit);
  }

  void expiredEvent(int database, String key) {
    pendingEvents.add(new ExpiredKey(database, key));
  }

  private record ExpiredKey(int database, String name) {}
}

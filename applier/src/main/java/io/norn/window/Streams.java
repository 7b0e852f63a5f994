package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.EntryId;
import io.norn.command.MergePolicy;
import io.norn.command.Op;
import io.norn.command.StreamElement;
import io.norn.command.StreamElement.Kind;
import io.norn.command.ValueType;
import io.norn.stream.VersionVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the window remembers of streams beside their elements. */
public final class Streams {
  private final StreamId own;
  private final Map<DbKey, StreamWindow> byKey = new HashMap<>();
  private final Map<DbKey, OwnTrim> trimmed = new LinkedHashMap<>();
  private final Map<DbKey, Set<StreamId>> untold = new HashMap<>();
  private final Groups groups = new Groups();

  Streams(StreamId own) {
    this.own = own;
  }

  /**
   * A trim by an own client.
   *
   * @param offset its place
   * @param since entries that came in since
   */
  private record OwnTrim(long offset, Set<EntryId> since) {}

  /** What is remembered of a stream. */
  public StreamWindow of(DbKey key) {
    return byKey.getOrDefault(key, StreamWindow.NOTHING);
  }

  /**
   * Operations that are executed again behind one that replaced a stream, and behind them what its
   * last ID must be though the entry is gone.
   */
  public List<LaterOp> withLastId(DbKey name, KeyWindow key, Stamp stamp, List<LaterOp> later) {
    EntryId last = of(name).lastGoneAfter(stamp);
    if (last == null || key.isOtherTypeAfter(stamp, ValueType.STREAM)) {
      return later;
    }
    List<LaterOp> all = new ArrayList<>(later);
    all.add(new LaterOp(stamp, new ElementOp.Put(StreamElement.LAST_ID, last.text())));
    return all;
  }

  /**
   * Streams that own clients trimmed, until the own stream shows what the first entry is there. The
   * caller puts that into it.
   */
  public Set<DbKey> trimmed() {
    return trimmed.keySet();
  }

  /** Entries that other nodes' changes brought in since such a trim. */
  public List<byte[]> cameSinceTrim(DbKey key) {
    OwnTrim trim = trimmed.get(key);
    return trim == null ? List.of() : trim.since().stream().map(EntryId::text).toList();
  }

  /** First place of the own stream that is needed to know them. */
  long oldest() {
    return trimmed.values().stream().mapToLong(OwnTrim::offset).min().orElse(Long.MAX_VALUE);
  }

  /** True if a client trimmed the stream, and its node has not told yet what was left. */
  boolean isTrimUntold(DbKey key) {
    return untold.containsKey(key);
  }

  private void told(DbKey key, StreamId origin) {
    untold.computeIfPresent(
        key,
        (k, origins) -> {
          origins.remove(origin);
          return origins.isEmpty() ? null : origins;
        });
  }

  /** There is nothing to say: the stream is gone. */
  public void gone(DbKey key) {
    trimmed.remove(key);
  }

  /** True if the caller has something to say or to do. */
  public boolean isWaiting() {
    return !trimmed.isEmpty() || !groups.freed().isEmpty() || !groups.passed().isEmpty();
  }

  public Groups groups() {
    return groups;
  }

  /** Operations on parts of a stream were just added to its key's window. */
  void added(Stamp stamp, VersionVector seen, Op.Elements op, KeyWindow key, Window window) {
    if (op.type() != ValueType.STREAM || key.isReplacedAfter(stamp)) {
      return;
    }
    StateBase node = new StateBase(stamp, seen, ValueType.STREAM);
    op.ops().forEach(each -> added(node, op.key(), each, key, window));
    dropIfEmpty(op.key());
  }

  private void added(StateBase node, DbKey name, ElementOp op, KeyWindow key, Window window) {
    if (op.element().equals(StreamElement.TRIM)) {
      if (op instanceof ElementOp.Put put) {
        addTrim(node, name, put, key, window);
        told(name, node.stamp().origin());
        if (node.stamp().origin().equals(own)) {
          trimmed.remove(name);
        }
      } else if (node.stamp().origin().equals(own)) {
        trimmed.computeIfAbsent(
            name, k -> new OwnTrim(node.stamp().offset(), new LinkedHashSet<>()));
      } else {
        untold.computeIfAbsent(name, k -> new HashSet<>(2)).add(node.stamp().origin());
      }
    } else if (!isGone(key, node.stamp(), op.element())) {
      switch (StreamElement.kind(op.element())) {
        case ENTRY -> addEntry(node.stamp(), name, op, key);
        case PENDING -> groups.delivered(name, op.element());
        case GROUP -> groups.groupChanged(node, name, op, of(name), key);
        default -> {}
      }
    } else if (op instanceof ElementOp.Put && StreamElement.kind(op.element()) == Kind.ENTRY) {
      LaterOp removed = key.overwriteOf(op.element());
      if (removed != null) {
        at(name).gone(StreamElement.id(op.element()), node.stamp(), removed.stamp());
      }
    }
  }

  /** Under a policy a removal of the key leaves entries that it had not seen, but no group. */
  private static boolean isGone(KeyWindow key, Stamp stamp, Element element) {
    boolean isEntry = StreamElement.kind(element) == Kind.ENTRY;
    return key.isOverwrittenAfter(stamp, element)
        || (isEntry ? Removals.haveSeen(key, stamp) : key.isRemovedAfter(stamp));
  }

  private void addEntry(Stamp stamp, DbKey name, ElementOp op, KeyWindow key) {
    EntryId id = StreamElement.id(op.element());
    if (op instanceof ElementOp.Put) {
      at(name).put(id, stamp);
      groups.entryAdded(name, id, stamp, key);
      if (trimmed.containsKey(name) && !stamp.origin().equals(own)) {
        trimmed.get(name).since().add(id);
      }
    } else {
      at(name).remove(id, stamp);
      groups.entryGone(name, id);
    }
  }

  /**
   * What was removed without a word is remembered as removed, in the place of what was there: of an
   * entry with the same ID that its node had not seen the trim tells nothing. Where removals end
   * what they had seen, that is told by themselves.
   */
  private void addTrim(
      StateBase said, DbKey name, ElementOp.Put put, KeyWindow key, Window window) {
    at(name)
        .trim(said, StreamElement.left(put))
        .forEach(
            (gone, added) -> {
              Element entry = StreamElement.entry(gone);
              groups.entryGone(name, gone);
              Stamp when = window.policy().isObserved(name) ? said.stamp() : added;
              if (key.add(when, said.seen(), new ElementOp.Remove(entry))) {
                window.remember(when, name, entry);
              }
            });
  }

  private StreamWindow at(DbKey key) {
    return byKey.computeIfAbsent(key, k -> new StreamWindow());
  }

  void replaced(Sighted whole, MergePolicy policy) {
    DbKey key = whole.op().keys().get(0);
    groups.replaced(key);
    untold.remove(key);
    StreamWindow window = byKey.get(key);
    if (window != null) {
      boolean spares = whole.op() instanceof Op.Delete && policy.isObserved(key);
      window.replaced(
          spares ? new Sight(whole.stamp(), whole.seen())::covers : whole.stamp()::isAfter);
      dropIfEmpty(key);
    }
  }

  void forget(DbKey key, Element element, StreamId origin, long upto) {
    if (element == null || element.type() != ValueType.STREAM) {
      return;
    }
    Kind kind = StreamElement.kind(element);
    if (kind == Kind.GROUP) {
      groups.forget(key, element, origin, upto);
    }
    StreamWindow window = byKey.get(key);
    if (window != null) {
      if (kind == Kind.ENTRY) {
        window.forgetEntry(StreamElement.id(element), origin, upto);
      } else if (kind == Kind.TRIM) {
        window.forgetTrim(origin, upto);
      }
      dropIfEmpty(key);
    }
  }

  private void dropIfEmpty(DbKey key) {
    if (of(key).isEmpty()) {
      byKey.remove(key);
    }
  }
}

package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.EntryId;
import io.norn.command.StreamElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How far groups of consumers have come, and what holds them up. */
public final class Groups {
  private static final GroupWindow NOTHING = new GroupWindow();

  private final Map<GroupKey, GroupWindow> byGroup = new HashMap<>();

  /** Where groups were made last, with what their makers had executed. */
  private final Map<DbKey, Map<Bytes, StateBase>> made = new HashMap<>();

  private final Map<DbKey, Set<Bytes>> names = new HashMap<>();
  private final Set<GroupKey> passed = new LinkedHashSet<>();
  private final Set<GroupKey> freed = new LinkedHashSet<>();

  /** Groups whose readers passed entries that nobody has delivered yet. */
  public Set<GroupKey> passed() {
    return passed;
  }

  /** The first such entry; null if there is none. */
  public EntryId firstPassed(GroupKey group) {
    return byGroup.getOrDefault(group, NOTHING).firstPassed();
  }

  /**
   * Groups that were held up and may now move on as far as {@link #furthest}; the caller does it
   * and says {@link #moved}.
   */
  public Set<GroupKey> freed() {
    return freed;
  }

  public EntryId furthest(GroupKey group) {
    return byGroup.getOrDefault(group, NOTHING).furthest();
  }

  public void moved(GroupKey group) {
    freed.remove(group);
  }

  /** How far a reader's word may move a group on here. */
  public EntryId upto(
      GroupKey group, EntryId id, StateBase node, StreamWindow stream, KeyWindow key) {
    return byGroup
        .getOrDefault(group, NOTHING)
        .upto(id, node, stream.entries(), delivered(group, key));
  }

  private static Predicate<EntryId> delivered(GroupKey group, KeyWindow key) {
    byte[] name = group.group().raw();
    return id -> key.isOverwrittenAfter(Stamp.FIRST, StreamElement.pending(name, id));
  }

  /** True if the group was made anew behind this: where it was made, that is no part of it. */
  public boolean isMadeBehind(GroupKey group, Stamp stamp) {
    StateBase maker = maker(group);
    return maker != null && maker.covers(stamp);
  }

  /** Null if it is not remembered. */
  private StateBase maker(GroupKey group) {
    return made.getOrDefault(group.key(), Map.of()).get(group.group());
  }

  /** A group was made, moved or destroyed, or a reader has come so far. */
  void groupChanged(StateBase node, DbKey key, ElementOp op, StreamWindow stream, KeyWindow at) {
    GroupKey group = new GroupKey(key, new Bytes(StreamElement.groupOf(op.element())));
    if (op instanceof ElementOp.Bound bound) {
      EntryId id = EntryId.parse(bound.score()).orElseThrow();
      names.computeIfAbsent(key, k -> new HashSet<>(2)).add(group.group());
      byGroup
          .computeIfAbsent(group, g -> new GroupWindow())
          .reach(id, node, stream.entries(), delivered(group, at));
      notePassed(group);
    } else {
      drop(group);
      if (op instanceof ElementOp.Put put && !StreamElement.isMove(put)) {
        made.computeIfAbsent(key, k -> new HashMap<>(2)).put(group.group(), node);
      } else if (op instanceof ElementOp.Remove) {
        forgetMaker(group);
      }
    }
  }

  private void forgetMaker(GroupKey group) {
    made.computeIfPresent(
        group.key(),
        (key, makers) -> {
          makers.remove(group.group());
          return makers.isEmpty() ? null : makers;
        });
  }

  private void notePassed(GroupKey group) {
    if (firstPassed(group) != null) {
      passed.add(group);
      freed.remove(group);
    } else {
      passed.remove(group);
    }
  }

  private void drop(GroupKey group) {
    byGroup.remove(group);
    passed.remove(group);
    freed.remove(group);
    Set<Bytes> others = names.getOrDefault(group.key(), Set.of());
    if (others.contains(group.group())) {
      others.remove(group.group());
      if (others.isEmpty()) {
        names.remove(group.key());
      }
    }
  }

  void entryAdded(DbKey key, EntryId id, Stamp stamp, KeyWindow at) {
    for (Bytes name : names.getOrDefault(key, Set.of())) {
      GroupKey group = new GroupKey(key, name);
      byGroup.get(group).added(id, stamp, delivered(group, at));
      notePassed(group);
    }
  }

  void entryGone(DbKey key, EntryId id) {
    names.getOrDefault(key, Set.of()).forEach(name -> settle(new GroupKey(key, name), id));
  }

  /** An entry was delivered or acknowledged. */
  void delivered(DbKey key, Element pending) {
    GroupKey group = new GroupKey(key, new Bytes(StreamElement.groupOf(pending)));
    settle(group, StreamElement.id(pending));
  }

  private void settle(GroupKey group, EntryId id) {
    GroupWindow window = byGroup.get(group);
    if (window != null && window.settle(id)) {
      passed.remove(group);
      freed.add(group);
    }
  }

  void replaced(DbKey key) {
    made.remove(key);
    List.copyOf(names.getOrDefault(key, Set.of())).forEach(name -> drop(new GroupKey(key, name)));
  }

  void forget(DbKey key, Element element, StreamId origin, long upto) {
    GroupKey group = new GroupKey(key, new Bytes(StreamElement.groupOf(element)));
    GroupWindow window = byGroup.get(group);
    StateBase maker = maker(group);
    if (maker != null && ElementWindow.isCovered(maker.stamp(), origin, upto)) {
      forgetMaker(group);
    }
    if (window != null) {
      window.forget(origin, upto);
      if (window.isEmpty() && !freed.contains(group)) {
        drop(group);
      }
    }
  }
}

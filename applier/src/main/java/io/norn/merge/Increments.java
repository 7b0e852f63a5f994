package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.stream.Change;
import io.norn.stream.Marker;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem.AppliedBatch;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.window.KeyWindow;
import io.norn.window.Unordered;
import io.norn.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps account of increments that are executed without watching their keys, so that a counter
 * which clients write all the time does not hold up everything else.
 *
 * <p>Increments commute with each other. What goes wrong is an overwrite between decision and
 * execution: a newer one makes the increment meaningless, and it was executed behind it; or the key
 * became something that cannot be incremented, and it was not. The own stream tells: increments
 * that the transaction executed are compared with those that still counted at its place. The
 * difference is a debt, until it is paid by a repair, or wiped out by another overwrite. All of
 * this is a function of the own stream.
 */
public final class Increments {
  private final StreamId own;
  private final Window window;
  private final CommandTable table;
  private final Map<Place, Taken> taken = new HashMap<>();
  private final List<Op> others = new ArrayList<>();
  private final Map<DbKey, Map<Element, Debt>> debts = new HashMap<>();
  private long settledUpto;

  Increments(StreamId own, Window window, CommandTable table) {
    this.own = own;
    this.window = window;
    this.table = table;
  }

  /** A counter. */
  private record Place(DbKey key, Element element) {
    boolean isOverwrittenBy(Op op) {
      return Deltas.overwrites(op, element);
    }
  }

  /** What the transaction that is being processed brought for one counter. */
  private static final class Taken {
    private final List<Recording.Recorded> increments = new ArrayList<>(2);
    private long executedSum;
    private int executed;
  }

  /** An operation of the own stream that is about to enter the window. */
  void see(ChangeUnit unit, Stamp stamp, Op op) {
    if (unit.origin().equals(own)) {
      if (!debts.isEmpty() && !(op instanceof Op.State)) {
        noteComputed(stamp, op);
        wipe(op);
      }
      return;
    }
    Element counter = Deltas.counterOf(op);
    if (counter == null || window.policy().isObserved(op.keys().get(0))) {
      others.add(op);
    } else {
      Place place = new Place(op.keys().get(0), counter);
      taken
          .computeIfAbsent(place, p -> new Taken())
          .increments
          .add(new Recording.Recorded(stamp, op, unit.seen()));
    }
  }

  /** What was computed from a wrong value is wrong for good: then all are to have the same. */
  private void noteComputed(Stamp stamp, Op op) {
    if (op instanceof Op.Opaque opaque && opaque.keys().stream().anyMatch(this::owes)) {
      Unordered.Case late = new Unordered.Case(Unordered.Kind.LATE, stamp, own);
      opaque.keys().forEach(key -> window.unordered().note(key, late));
    }
  }

  private boolean counts(Stamp stamp, Place place) {
    KeyWindow known = window.of(place.key());
    return !known.isReplacedAfter(stamp)
        && !known.isInState(stamp)
        && !known.isOverwrittenAfter(stamp, place.element())
        && !known.isOtherTypeAfter(stamp, place.element().type())
        && !window.isFlushedAfter(stamp, place.key().db());
  }

  /** All that a marked transaction brought is in the window. */
  void settle(AppliedBatch batch) {
    boolean isNew = batch.place() > settledUpto;
    if (isOfSnapshot(batch.marker())) {
      taken.clear();
    }
    if (isNew && !(taken.isEmpty() && debts.isEmpty())) {
      dropWatched();
      for (Change change : batch.commands()) {
        table.parse(change, 0).forEach(op -> execute(change, op, batch.marker()));
      }
      taken.forEach(this::compare);
    }
    taken.clear();
    others.clear();
    if (isNew && debts.isEmpty()) {
      settledUpto = batch.place();
    }
  }

  /**
   * Place in the own stream up to which nothing is owed. Whoever reads the stream again must not
   * settle what stands before it: what made an increment meaningless may be forgotten since.
   */
  public long settledUpto() {
    return settledUpto;
  }

  /** Sets it before the stream is read again. */
  public void settledUpto(long place) {
    settledUpto = place;
  }

  /** What came in with a snapshot was never executed by itself. */
  private static boolean isOfSnapshot(Marker marker) {
    return marker.advanced().values().stream()
        .anyMatch(upto -> upto.batch() <= Progress.OF_SNAPSHOT);
  }

  /** Keys of which the transaction does more than increment counters were watched. */
  private void dropWatched() {
    Set<DbKey> watched = new HashSet<>();
    others.forEach(op -> watched.addAll(op.keys()));
    taken.keySet().removeIf(place -> watched.contains(place.key()));
  }

  private void execute(Change change, Op op, Marker marker) {
    Element counter = Deltas.counterOf(op);
    if (counter == null) {
      wipe(op);
      taken.keySet().removeIf(each -> op.keys().contains(each.key()) && each.isOverwrittenBy(op));
      return;
    }
    Place place = new Place(op.keys().get(0), counter);
    Taken brought = taken.get(place);
    if (!Deltas.isUnwatched(change.args())) {
      taken.remove(place);
    } else if (marker.isRepair()) {
      pay(place, Deltas.sum((Op.Elements) op));
    } else if (brought != null) {
      brought.executedSum += Deltas.sum((Op.Elements) op);
      brought.executed++;
    }
  }

  private void compare(Place place, Taken brought) {
    List<Recording.Recorded> valid =
        brought.increments.stream().filter(each -> counts(each.stamp(), place)).toList();
    if (brought.executed > valid.size()) {
      owe(place, brought.executedSum - sum(valid));
    } else if (brought.executed == 0 && !valid.isEmpty()) {
      debt(place).missing.addAll(valid);
      window.needsRepair(place.key());
    }
  }

  /** Even increments that add up to nothing may have created the key. */
  private void owe(Place place, long excess) {
    Debt debt = debt(place);
    debt.excess += excess;
    debt.mayHaveCreated = true;
    window.needsRepair(place.key());
  }

  /** A repair is in the own stream. */
  private void pay(Place place, long delta) {
    Map<Element, Debt> ofKey = debts.get(place.key());
    Debt debt = ofKey == null ? null : ofKey.get(place.element());
    if (debt != null) {
      debt.excess += delta - sum(debt.missing);
      debt.missing.clear();
      debt.mayHaveCreated = false;
      if (debt.excess == 0) {
        drop(place);
      }
    }
  }

  private static long sum(List<Recording.Recorded> increments) {
    return increments.stream().mapToLong(each -> Deltas.sum((Op.Elements) each.op())).sum();
  }

  private Debt debt(Place place) {
    return debts
        .computeIfAbsent(place.key(), key -> new HashMap<>(2))
        .computeIfAbsent(place.element(), element -> new Debt());
  }

  private void drop(Place place) {
    Map<Element, Debt> ofKey = debts.get(place.key());
    ofKey.remove(place.element());
    if (ofKey.isEmpty()) {
      debts.remove(place.key());
      window.repaired(place.key());
    }
  }

  /** What overwrites a counter takes with it what was wrong. */
  private void wipe(Op op) {
    if (op instanceof Op.Flush flush) {
      Set.copyOf(debts.keySet()).stream()
          .filter(key -> flush.db() == Op.Flush.ALL || flush.db() == key.db())
          .forEach(key -> wipe(key, op));
    } else {
      op.keys().forEach(key -> wipe(key, op));
    }
  }

  private void wipe(DbKey key, Op op) {
    Map<Element, Debt> ofKey = debts.get(key);
    if (ofKey != null) {
      Set.copyOf(ofKey.keySet()).stream()
          .filter(element -> Deltas.overwrites(op, element))
          .forEach(element -> drop(new Place(key, element)));
    }
  }

  /** True if the key holds something at the moment that others must not take over. */
  public boolean owes(DbKey key) {
    return debts.containsKey(key);
  }

  /** Counters of the key that a repair has to look at. */
  Set<Element> owed(DbKey key) {
    return debts.getOrDefault(key, Map.of()).keySet();
  }

  /** The commands that pay what is owed of a key; decided under WATCH, behind a barrier. */
  List<Emission> repair(DbKey key, Facts facts, long nowMillis) {
    List<Emission> all = new ArrayList<>();
    for (Element element : Set.copyOf(owed(key))) {
      List<Emission> paying = pay(key, element, asUnwatched(facts), nowMillis);
      all.addAll(paying);
      if (paying.isEmpty()) {
        drop(new Place(key, element));
      }
    }
    return all;
  }

  private List<Emission> pay(DbKey key, Element element, Facts facts, long nowMillis) {
    Debt debt = debts.get(key).get(element);
    List<Emission> emissions = new ArrayList<>();
    if (debt.excess != 0 || debt.mayHaveCreated) {
      emissions.addAll(withdraw(key, element, debt.excess, facts));
    }
    if (!debt.missing.isEmpty()) {
      emissions.addAll(again(debt.missing, facts, nowMillis));
    }
    return emissions;
  }

  /** None if the value cannot be incremented. */
  private List<Emission> again(List<Recording.Recorded> increments, Facts facts, long nowMillis) {
    List<Emission> emissions =
        new Decider(table, window, facts, nowMillis).decideAgain(increments).emissions();
    boolean isPossible = emissions.stream().anyMatch(each -> Deltas.isUnwatched(each.command()));
    return isPossible ? emissions : List.of();
  }

  /** The repair is watched, but its increments are told from others like those that it repairs. */
  private static Facts asUnwatched(Facts facts) {
    return new Facts() {
      @Override
      public boolean isWatched(DbKey key) {
        return false;
      }

      @Override
      public ValueType type(DbKey key) {
        return facts.type(key);
      }

      @Override
      public byte[] number(DbKey key, Element element) {
        return facts.number(key, element);
      }
    };
  }

  private List<Emission> withdraw(DbKey key, Element element, long excess, Facts facts) {
    if (facts.type(key) != element.type() || facts.number(key, element) == null) {
      return List.of();
    }
    Emissions out = new Emissions();
    KeyWriter writer = new KeyWriter(key, new KeyShadow(key, facts), out);
    if (!window.of(key).isGone(element)) {
      if (excess != 0) {
        writer.write(new ElementOp.Add(element, Deltas.text(-excess)));
      }
    } else if (element.equals(Element.STRING_VALUE)) {
      writer.delete();
    } else {
      writer.write(new ElementOp.Remove(element));
    }
    return out.toList();
  }

  /** What is wrong with one counter. */
  private static final class Debt {
    private final List<Recording.Recorded> missing = new ArrayList<>(0);
    private long excess;
    private boolean mayHaveCreated;
  }
}

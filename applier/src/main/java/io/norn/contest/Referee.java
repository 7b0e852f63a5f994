package io.norn.contest;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.stream.VersionVector;
import io.norn.window.Window;

/**
 * Finds out what an operation of another node, which was just decided, met here.
 *
 * <p>An operation that came late met what has a larger stamp. One that came in order met what its
 * node had not seen. Operations that do the same, or that add up, meet nothing.
 */
public final class Referee {
  private final Window window;
  private Contests contests = Contests.NONE;

  public Referee(Window window) {
    this.window = window;
  }

  /** What was found so far. */
  public Contests contests() {
    return contests;
  }

  /**
   * Looks at an operation that was decided; the window does not hold it yet.
   *
   * @param seen what its node had applied of others
   * @param skipped true if it was not executed, or not in full
   * @param command the command it is part of
   */
  public void judge(Stamp stamp, VersionVector seen, Op op, boolean skipped, byte[][] command) {
    for (DbKey key : op.keys()) {
      if (window.remembers(key)) {
        look(new KeyCase(key, window.of(key), stamp, seen, op), skipped, command);
      }
    }
  }

  private void look(KeyCase at, boolean skipped, byte[][] command) {
    Verdict verdict = at.verdict(skipped);
    if (verdict == null) {
      return;
    }
    contests = contests == Contests.NONE ? new Contests() : contests;
    if (contests.isFull()) {
      contests.count(verdict.rule(), verdict.type());
    } else {
      contests.add(at.contest(verdict, command));
    }
  }

  /** A flush met something later on a key. */
  public void flushed(Stamp stamp, DbKey key) {
    if (window.remembers(key)) {
      KeyCase at = new KeyCase(key, window.of(key), stamp, VersionVector.EMPTY, new Op.Delete(key));
      look(at, false, OpText.FLUSH);
    }
  }

  /** An operation slipped in behind a delete and was removed again. */
  public static Contests repaired(DbKey key, Stamp delete, Stamp late) {
    return Contests.of(
        new Contest(
            Rule.REPAIRED,
            key,
            ValueType.NONE,
            new Contest.Side(delete, "removed the key"),
            new Contest.Side(late, "wrote the key")));
  }
}

package io.norn.stream;

/**
 * Finds the ticks of a stream without keeping its commands, for who must know what covers them
 * before there is room for them.
 */
public final class TickFinder {
  private boolean inTransaction;

  /**
   * Starts at a boundary of commands.
   *
   * @param inTransaction true in the middle of a transaction
   */
  public TickFinder(boolean inTransaction) {
    this.inTransaction = inTransaction;
  }

  /** The tick that the next command is; null if it is none. */
  public Tick accept(byte[][] args, long endOffset) {
    if (Text.is(args[0], "MULTI")) {
      inTransaction = true;
    } else if (Text.is(args[0], "EXEC")) {
      inTransaction = false;
    }
    Tick tick = inTransaction ? null : Tick.of(args);
    return tick == null || tick.upto() > endOffset ? null : tick;
  }
}

package io.norn.sim;

import java.util.stream.LongStream;

/** Seeds of random tests: {@code -Dseed=N} runs one of them again. */
public final class Seeds {
  private Seeds() {}

  /** The seeds of this run: the one asked for, or that many from the first. */
  public static LongStream of(long first, int count) {
    Long only = Long.getLong("seed");
    return only == null ? LongStream.range(first, first + count) : LongStream.of(only);
  }
}

package io.norn.agent.mesh;

import java.util.Random;
import java.util.function.Supplier;

/** Which commands clients send. */
enum Mix {
  /** Strings, counters, hashes, sets, sorted sets, times to live and scripts. */
  COMMON,
  /** These, and as many of all other types and of commands whose order matters. */
  ALL;

  /** Commands of this mix on that many keys. */
  Supplier<Write> on(int keys, Random random) {
    RandomWrites common = new RandomWrites(random, keys);
    OrderedWrites ordered = new OrderedWrites(random, keys);
    return this == COMMON
        ? common::next
        : () -> random.nextBoolean() ? common.next() : ordered.next();
  }
}

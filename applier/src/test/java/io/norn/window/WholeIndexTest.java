package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WholeIndexTest {
  private static final StreamId STREAM = new StreamId("a", "s");

  @Test
  void shouldAnswerLikeAMapWhateverIsAddedAndForgotten() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("norn-seed=" + seed);
    Random random = new Random(seed);
    WholeIndex index = new WholeIndex(STREAM);
    Map<DbKey, Stamp> expected = new HashMap<>();
    long offset = 1000;
    long forgotten = 0;
    for (int i = 0; i < 200_000; i++) {
      offset += 1 + random.nextInt(300);
      DbKey key = key(random.nextInt(1 + i / 2));
      Stamp stamp = new Stamp(offset * 7, STREAM, offset);
      index.add(key, new WholeOp(stamp, ValueType.STRING));
      expected.put(key, stamp);
      if (random.nextInt(5) == 0) {
        DbKey dropped = key(random.nextInt(1 + i / 2));
        index.drop(dropped);
        expected.remove(dropped);
      }
      if (random.nextInt(2000) == 0) {
        forgotten = Math.max(forgotten, offset - random.nextInt(5_000_000));
        index.forget(forgotten);
      }
      check(index, expected, key(random.nextInt(1 + i / 2)), forgotten);
    }
    index.forget(offset);
    assertThat(index.size()).isZero();
    assertThat(index.oldest()).isEqualTo(Long.MAX_VALUE);
  }

  private static void check(
      WholeIndex index, Map<DbKey, Stamp> expected, DbKey key, long forgotten) {
    Stamp stamp = expected.get(key);
    boolean remembered = stamp != null && stamp.offset() > forgotten;
    assertThat(index.get(key)).isEqualTo(remembered ? new WholeOp(stamp, ValueType.STRING) : null);
    if (remembered) {
      assertThat(index.oldest()).isLessThanOrEqualTo(stamp.offset());
    }
  }

  @Test
  void shouldTellDatabasesApart() {
    WholeIndex index = new WholeIndex(STREAM);
    index.add(DbKey.of(1, Text.bytes("k")), removal(5, 10));
    assertThat(index.get(DbKey.of(0, Text.bytes("k")))).isNull();
  }

  @Test
  void shouldNotGrowWhileTheSameKeysAreWrittenAgainAndAgain() {
    WholeIndex index = new WholeIndex(STREAM);
    for (int i = 1; i <= 1_000_000; i++) {
      index.add(key(i % 100), removal(i, i * 50L));
    }
    assertThat(index.size()).isEqualTo(100);
  }

  private static WholeOp removal(long hlc, long offset) {
    return new WholeOp(new Stamp(hlc, STREAM, offset), ValueType.NONE);
  }

  private static DbKey key(int number) {
    return DbKey.of(0, Text.bytes("key:" + number));
  }
}

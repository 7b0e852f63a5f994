package io.norn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Who looks ahead for ticks gets the same items with the same stamps, and holds less. */
class ForeseenTicksTest {
  private static final StreamId STREAM = new StreamId("node-a", "stream");

  private final List<byte[][]> commands = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private long end = 1000;

  private void add(byte[][] command) {
    end += 10;
    commands.add(command);
    ends.add(end);
  }

  private void add(String... words) {
    byte[][] command = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      command[i] = Text.bytes(words[i]);
    }
    add(command);
  }

  @Property(tries = 300)
  void shouldStampAsWithoutLookingAhead(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 120; i++) {
      addAny(random);
    }
    assertThat(decode(2)).isEqualTo(decode(Integer.MAX_VALUE));
    commands.clear();
    ends.clear();
  }

  private void addAny(Random random) {
    switch (random.nextInt(9)) {
      case 0, 1 -> add(tick(random, end - random.nextInt(100)).asWrite());
      case 2 -> add(tick(random, end).asMessage());
      case 3 -> addTransaction(random);
      case 4 -> add(marker(random).asWrite());
      case 5 -> add("SPUBLISH", Reserved.CHANNEL, "b x " + random.nextInt(9));
      default -> add("SET", "k" + random.nextInt(9), "v");
    }
  }

  private static Tick tick(Random random, long upto) {
    String stream = random.nextInt(8) == 0 ? "another" : STREAM.stream();
    return new Tick(1 + random.nextInt(500), stream, upto);
  }

  /** What looks like a tick in a transaction is none. */
  private void addTransaction(Random random) {
    add("MULTI");
    add("SET", "a", "b");
    add(new Tick(1 + random.nextInt(500), STREAM.stream(), end).asWrite());
    add("EXEC");
  }

  private static Marker marker(Random random) {
    long largest = random.nextInt(500);
    return new Marker(
        "i",
        1,
        Map.of(new StreamId("node-b", "s"), new Progress(random.nextInt(99), largest, 0, 1)));
  }

  /** Looks ahead whenever more than some commands are held back. */
  private List<String> decode(int most) {
    List<String> items = new ArrayList<>();
    StreamDecoder decoder =
        new StreamDecoder(
            STREAM, DecoderState.at(1000), VersionVector.EMPTY, item -> items.add(text(item)));
    TickFinder finder = null;
    int looked = 0;
    for (int i = 0; i < commands.size(); i++) {
      decoder.accept(commands.get(i), ends.get(i));
      if (looked <= i) {
        finder = new TickFinder(decoder.isInTransaction());
        looked = i + 1;
      }
      while (decoder.heldBytes() > 100L * most && looked < commands.size()) {
        Tick tick = finder.accept(commands.get(looked), ends.get(looked));
        looked++;
        if (tick != null) {
          decoder.foresee(tick);
        }
      }
    }
    items.add("uncovered " + decoder.uncoveredUpto() + ", read to " + decoder.released());
    return items;
  }

  private static String text(StreamItem item) {
    String stamp = item instanceof StreamItem.ChangeUnit unit ? unit.stamp() + " " : "";
    return stamp + item.getClass().getSimpleName() + " " + item.after();
  }

  @Test
  void shouldHandOnWhatAForeseenTickCovers() {
    List<StreamItem> items = new ArrayList<>();
    StreamDecoder decoder =
        new StreamDecoder(STREAM, DecoderState.at(1000), VersionVector.EMPTY, items::add);
    add("SET", "a", "1");
    add("SET", "b", "2");
    decoder.accept(commands.get(0), ends.get(0));
    assertThat(decoder.heldBytes()).isPositive();
    decoder.foresee(new Tick(77, STREAM.stream(), ends.get(1)));
    decoder.accept(commands.get(1), ends.get(1));
    assertThat(decoder.heldBytes()).isZero();
    assertThat(items)
        .extracting(item -> ((StreamItem.ChangeUnit) item).hlc())
        .containsExactly(77L, 78L);
  }
}

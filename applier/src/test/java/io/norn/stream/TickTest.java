package io.norn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.HybridClock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ticks as text: what is written is read again, and nothing else is. */
class TickTest {
  private static final long MAX_OFFSET = Long.MAX_VALUE;

  @Property
  void shouldReadWhatItWrites(
      @ForAll @LongRange(min = 1, max = HybridClock.MAX_MICROS) long hlc,
      @ForAll("deletes") @Size(max = 50) Map<Long, DeleteCause> deletes) {
    Tick tick = new Tick(hlc, "abc", MAX_OFFSET, new TreeMap<>(deletes));

    assertThat(Tick.of(tick.asWrite())).isEqualTo(tick);
    assertThat(Tick.of(tick.asMessage())).isEqualTo(tick);
  }

  @Provide
  Arbitrary<Map<Long, DeleteCause>> deletes() {
    return Arbitraries.maps(
        Arbitraries.longs().between(1, MAX_OFFSET), Arbitraries.of(DeleteCause.class));
  }

  @Test
  void shouldListDeletesByCause() {
    SortedMap<Long, DeleteCause> deletes = new TreeMap<>();
    deletes.put(30L, DeleteCause.EXPIRED);
    deletes.put(20L, DeleteCause.EVICTED);
    deletes.put(10L, DeleteCause.EXPIRED);
    deletes.put(40L, DeleteCause.FIELD_EXPIRED);

    byte[][] write = new Tick(7, "abc", 50, deletes).asWrite();

    assertThat(Text.latin1(write[3])).isEqualTo("7 abc 50 x:10,30 e:20 h:40");
  }

  @Property
  void shouldReadWhatItWritesOfWhatWasTaken(
      @ForAll("taken") @Size(max = 20) Map<Long, Taken> taken,
      @ForAll("deletes") @Size(max = 5) Map<Long, DeleteCause> deletes) {
    Tick tick = new Tick(7, "abc", MAX_OFFSET, new TreeMap<>(deletes), new TreeMap<>(taken));

    assertThat(Tick.of(tick.asWrite())).isEqualTo(tick);
    assertThat(Tick.of(tick.asMessage())).isEqualTo(tick);
  }

  @Provide
  Arbitrary<Map<Long, Taken>> taken() {
    Arbitrary<List<String>> elements =
        Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(3).list().ofMaxSize(4);
    return Arbitraries.maps(
        Arbitraries.longs().between(1, MAX_OFFSET),
        Combinators.combine(elements, elements).as(Taken::new).filter(taken -> taken.size() > 0));
  }

  @Test
  void shouldListWhatWasTaken() {
    SortedMap<Long, Taken> taken = new TreeMap<>();
    taken.put(10L, new Taken(List.of("a", "a", ""), List.of("b")));
    taken.put(20L, new Taken(List.of(), List.of("c", "c", "c")));

    byte[][] write = new Tick(7, "abc", 50, new TreeMap<>(), taken).asWrite();

    assertThat(Text.latin1(write[3])).isEqualTo("7 abc 50 p:10<YQ*2<>Yg,20>Yw*3");
  }

  @Test
  void shouldReadATickWithoutList() {
    assertThat(read("7 abc 50")).isEqualTo(new Tick(7, "abc", 50));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 abc 50 ",
        "7 abc 50 x",
        "7 abc 50 x:",
        "7 abc 50 y:10",
        "7 abc 50 x:10,",
        "7 abc 50 x:,10",
        "7 abc 50 x:10 x:20",
        "7 abc 50 x:20,10",
        "7 abc 50 x:10,10",
        "7 abc 50 x:10 e:10",
        "7 abc 50 x:0",
        "7 abc 50 x:-3",
        "7 abc 50 x:+3",
        "7 abc 50 x:03",
        "7 abc 50 x:51",
        "7 abc 50 x:10  e:20",
        "7 abc 50 x: 10",
        "7 abc 50 10",
        "7 abc 50 p:",
        "7 abc 50 p:10",
        "7 abc 50 p:10<YQ,",
        "7 abc 50 p:10<YQ,10<YQ",
        "7 abc 50 p:20<YQ,10<YQ",
        "7 abc 50 p:51<YQ",
        "7 abc 50 p:10>YQ<YQ",
        "7 abc 50 p:10<Y",
        "7 abc 50 p:10<YQ*0",
        "7 abc 50 p:10<YQ*",
        "7 abc 50 p:10<YQ*50001",
        "7 abc 50 p:<YQ",
        "7 abc 50 p:10<YQ p:20<YQ",
        "7 abc 50 p:10<YQ x:10"
      })
  void shouldTakeNoMalformedListForATick(String text) {
    assertThat(read(text)).isNull();
  }

  @Test
  void shouldBelieveOnlySoManyDeletes() {
    assertThat(read("7 abc 60000 x:" + offsets(Tick.MAX_DELETES))).isNotNull();
    assertThat(read("7 abc 60000 x:" + offsets(Tick.MAX_DELETES + 1))).isNull();
  }

  private static String offsets(int count) {
    StringBuilder text = new StringBuilder("1");
    for (int offset = 2; offset <= count; offset++) {
      text.append(',').append(offset);
    }
    return text.toString();
  }

  private static Tick read(String text) {
    return Tick.of(
        new byte[][] {
          Text.bytes("HSET"), Text.bytes(Reserved.NODE_KEY), Text.bytes("t"), Text.bytes(text)
        });
  }
}

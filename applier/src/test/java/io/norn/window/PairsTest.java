package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.command.ListEdit;
import io.norn.command.Op;
import io.norn.stream.Progress;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PairsTest {
  private static final StreamId A = new StreamId("a", "ra");
  private static final StreamId B = new StreamId("b", "rb");
  private static final Bytes JOB = new Bytes(Text.bytes("job"));
  private static final DbKey QUEUE = DbKey.of(0, Text.bytes("q"));

  @Test
  void shouldPairWhatWasTakenAtTheSameTime() {
    List<OpaqueEntry> here = List.of(pop(A, 1, 1, B, 0), pop(A, 2, 1, B, 0));
    List<OpaqueEntry> there = List.of(pop(B, 1, 1, A, 0));
    assertThat(new Pairs(JOB, here.subList(0, 1), there).ofLast()).isEqualTo(1);
    assertThat(new Pairs(JOB, here, there).ofLast()).isZero();
    assertThat(new Pairs(JOB, there, here).ofLast()).isEqualTo(1);
  }

  @Test
  void shouldNotPairWhatHadBeenSeen() {
    List<OpaqueEntry> here = List.of(pop(A, 1, 1, B, 1));
    List<OpaqueEntry> there = List.of(pop(B, 1, 1, A, 0), pop(B, 2, 2, A, 0));
    assertThat(new Pairs(JOB, there, here).ofLast()).isEqualTo(1);
    assertThat(new Pairs(JOB, there.subList(0, 1), here).ofLast()).isZero();
  }

  @Test
  void shouldLetPairsGoTogether() {
    OpaqueEntry first = pop(A, 1, 1, B, 0);
    OpaqueEntry second = pop(A, 2, 2, B, 1);
    OpaqueEntry seen = pop(B, 1, 1, A, 0);
    OpaqueEntry later = pop(B, 2, 1, A, 1);
    assertThat(stays(List.of(first, second), List.of(seen, later), Set.of(first, second, seen)))
        .containsExactlyInAnyOrder(second, later);
    assertThat(stays(List.of(first, second), List.of(seen, later), Set.of(first, second)))
        .containsExactlyInAnyOrder(first, second, seen, later);
  }

  /** One element less is removed for each pair: the nodes must count the same number. */
  @Property(tries = 500)
  void shouldFindAsManyPairsFromEitherSide(@ForAll long seed) {
    Streams streams = new Streams(new Random(seed));
    assertThat(Streams.sum(Streams.pairs(streams.one, streams.other)))
        .isEqualTo(Streams.sum(Streams.pairs(streams.other, streams.one)));
  }

  @Property(tries = 500)
  void shouldFindTheSamePairsWhenWhatIsOldIsForgotten(@ForAll long seed) {
    Random random = new Random(seed);
    Streams streams = new Streams(random);
    Set<OpaqueEntry> old = new HashSet<>();
    old.addAll(streams.one.subList(0, random.nextInt(streams.one.size() + 1)));
    old.addAll(streams.other.subList(0, random.nextInt(streams.other.size() + 1)));
    List<OpaqueEntry> leftOfOne = new ArrayList<>(streams.one);
    List<OpaqueEntry> leftOfOther = new ArrayList<>(streams.other);
    Set<OpaqueEntry> stays = new HashSet<>(stays(streams.one, streams.other, old));
    leftOfOne.retainAll(stays);
    leftOfOther.retainAll(stays);
    List<Integer> left = Streams.pairs(leftOfOne, leftOfOther);
    List<Integer> all = Streams.pairs(streams.one, streams.other);
    assertThat(all.subList(all.size() - left.size(), all.size())).isEqualTo(left);
  }

  private static List<OpaqueEntry> stays(
      List<OpaqueEntry> one, List<OpaqueEntry> other, Set<OpaqueEntry> mayGo) {
    List<OpaqueEntry> stays = new ArrayList<>();
    new Pairs(JOB, one, other).eachToStay(mayGo::contains, stays::add);
    return stays;
  }

  private static OpaqueEntry pop(StreamId stream, int place, int count, StreamId other, int seen) {
    ListEdit edit = ListEdit.NOTHING.withTaken(Collections.nCopies(count, JOB), List.of());
    byte[][] command = {Text.bytes("LPOP"), QUEUE.key().raw()};
    VersionVector vector = VersionVector.of(Map.of(other, new Progress(seen, seen, 0, 1)));
    Op.Opaque op = new Op.Opaque(List.of(QUEUE), List.of(), 0, command, edit);
    return OpaqueEntry.of(new Stamp(place, stream, place), op.seenBy(vector));
  }

  /** What two nodes pop, each having seen ever more of the other. */
  private static final class Streams {
    private final List<OpaqueEntry> one = new ArrayList<>();
    private final List<OpaqueEntry> other = new ArrayList<>();

    Streams(Random random) {
      int[] seen = {0, 0};
      for (int i = random.nextInt(20); i > 0; i--) {
        boolean isOne = random.nextBoolean();
        List<OpaqueEntry> own = isOne ? one : other;
        int ofOther = (isOne ? other : one).size();
        int node = isOne ? 0 : 1;
        seen[node] += random.nextInt(ofOther - seen[node] + 1);
        own.add(
            pop(isOne ? A : B, own.size() + 1, 1 + random.nextInt(2), isOne ? B : A, seen[node]));
      }
    }

    /** How many pairs each of the own commands finds when it is the last one. */
    static List<Integer> pairs(List<OpaqueEntry> own, List<OpaqueEntry> others) {
      List<Integer> pairs = new ArrayList<>();
      for (int i = 1; i <= own.size(); i++) {
        pairs.add(new Pairs(JOB, own.subList(0, i), others).ofLast());
      }
      return pairs;
    }

    static int sum(List<Integer> pairs) {
      return pairs.stream().mapToInt(Integer::intValue).sum();
    }
  }
}

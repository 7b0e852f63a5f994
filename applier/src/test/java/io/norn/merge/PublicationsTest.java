package io.norn.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.stream.StateQuestion;
import io.norn.stream.Text;
import io.norn.window.Unordered;
import io.norn.window.Unordered.Case;
import io.norn.window.Unordered.Kind;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublicationsTest {
  private static final StreamId OWN = new StreamId("a", "ra");
  private static final StreamId OTHER = new StreamId("b", "rb");
  private static final DbKey KEY = new DbKey(0, new Bytes(Text.bytes("k")));

  private final Set<DbKey> told = new HashSet<>(Set.of(KEY));
  private final Unordered unordered = new Unordered();
  private final Publications publications =
      new Publications(OWN, unordered, key -> true, told::contains);

  @Test
  void shouldPublishWhatIsAskedFor() {
    publications.asked(new StateQuestion("a", 0, "k"));

    assertThat(publications.due(1_000, 1).publish()).containsExactly(KEY);
    assertThat(publications.mayStillPublish(KEY, 1_001)).isTrue();
  }

  @Test
  void shouldNotPublishWhatHasBecomeAGuessSinceItWasDue() {
    publications.asked(new StateQuestion("a", 0, "k"));
    publications.due(1_000, 1);

    unordered.note(KEY, new Case(Kind.LACKS, new Stamp(5, OTHER, 5), OTHER));

    assertThat(publications.mayStillPublish(KEY, 1_001)).isFalse();
  }

  @Test
  void shouldPublishWhatItHasWhenNobodyHasMore() {
    unordered.note(KEY, new Case(Kind.LACKS, new Stamp(5, OTHER, 5), OTHER));
    publications.asked(new StateQuestion("a", 0, "k"));
    publications.due(1_000, 1);

    assertThat(publications.due(60_000, 1).publish()).containsExactly(KEY);
    assertThat(publications.mayStillPublish(KEY, 60_001)).isTrue();
  }

  @Test
  void shouldWaitUntilItsVectorTellsWhatItHolds() {
    told.clear();
    publications.asked(new StateQuestion("a", 0, "k"));
    assertThat(publications.due(1_000, 1).publish()).isEmpty();

    told.add(KEY);
    assertThat(publications.due(2_000, 1).publish()).containsExactly(KEY);

    told.clear();
    assertThat(publications.mayStillPublish(KEY, 2_001)).isFalse();
  }

  @Test
  void shouldNotWaitForAClockThatWasSetBack() {
    unordered.note(KEY, new Case(Kind.LATE, new Stamp(5, OTHER, 5), OWN));
    publications.due(9_000_000, 1);
    publications.tried(KEY, 10, 9_000_000);

    assertThat(publications.due(1_000, 1).publish()).containsExactly(KEY);
  }
}

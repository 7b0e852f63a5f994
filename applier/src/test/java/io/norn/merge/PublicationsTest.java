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
import org.junit.jupiter.api.Test;

class PublicationsTest {
  private static final StreamId OWN = new StreamId("a", "ra");
  private static final StreamId OTHER = new StreamId("b", "rb");
  private static final DbKey KEY = new DbKey(0, new Bytes(Text.bytes("k")));

  private final Unordered unordered = new Unordered();
  private final Publications publications = new Publications(OWN, unordered, key -> true);

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
}

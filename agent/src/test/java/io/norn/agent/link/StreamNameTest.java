package io.norn.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.psync.Position;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamNameTest {
  private static final String REPLID = "0123456789012345678901234567890123456789";
  private static final Position AT = new Position(REPLID, Long.MAX_VALUE);

  @Test
  void shouldBeTheReplidWhileNobodyKnowsThatHistory() {
    assertThat(StreamName.fresh(AT, Set.of("", "other", "other.12"))).isEqualTo(REPLID);
  }

  @Test
  void shouldNeverBeUsedNestedOrTooLong() {
    String derived = REPLID + "." + Long.MAX_VALUE;
    assertThat(StreamName.fresh(AT, Set.of(REPLID))).isEqualTo(derived);
    assertThat(StreamName.fresh(AT, Set.of(REPLID + ".5.77"))).isEqualTo(derived);
    assertThat(StreamName.fresh(AT, Set.of(derived, derived + "-2")))
        .isEqualTo(derived + "-3")
        .hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void shouldTellTheReplidToAskWith() {
    assertThat(StreamName.replid(REPLID)).isEqualTo(REPLID);
    assertThat(StreamName.replid(REPLID + ".12-2")).isEqualTo(REPLID);
  }
}

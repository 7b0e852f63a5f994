package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.StreamId;
import io.norn.stream.Progress;
import io.norn.stream.VersionVector;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForgettingTest {
  private static final StreamId LEFT = new StreamId("b", "r");
  private static final StreamId NEXT = new StreamId("b", "n");
  private static final StreamId OWN = new StreamId("a", "ra");

  private final Forgetting forgetting = new Forgetting("a");

  @Test
  void shouldNotTrustWhatANodeHadBeforeItCameBackWithOlderData() {
    forgetting.join("b");
    forgetting.learn("b", VersionVector.of(Map.of(OWN, new Progress(50, 1, 0, 1))));
    assertThat(forgetting.safe(OWN)).isEqualTo(50);
    forgetting.succeeded(NEXT);
    assertThat(forgetting.safe(OWN)).isEqualTo(-1);
    forgetting.learn("b", VersionVector.of(Map.of(OWN, new Progress(20, 1, 0, 1))));
    forgetting.succeeded(NEXT);
    assertThat(forgetting.safe(OWN)).isEqualTo(20);
  }

  @Test
  void shouldWaitForANodeThatLostTheEndOfItsOwnStream() {
    forgetting.join("b");
    assertThat(forgetting.safe(LEFT)).isEqualTo(Long.MAX_VALUE);
    forgetting.succeeded(NEXT);
    assertThat(forgetting.safe(NEXT)).isEqualTo(Long.MAX_VALUE);
    assertThat(forgetting.safe(LEFT)).isEqualTo(-1);
    forgetting.learn("b", VersionVector.of(Map.of(LEFT, new Progress(40, 1, 0, 1))));
    assertThat(forgetting.safe(LEFT)).isEqualTo(40);
  }
}

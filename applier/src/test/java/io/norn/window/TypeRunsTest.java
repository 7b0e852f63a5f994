package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ValueType;
import org.junit.jupiter.api.Test;

class TypeRunsTest {
  private static final StreamId A = new StreamId("a", "ra");

  private final TypeRuns runs = new TypeRuns();

  @Test
  void shouldKnowThatALaterOperationLeftAnotherType() {
    runs.add(at(10), ValueType.HASH);
    runs.add(at(20), ValueType.SET);

    assertThat(runs.isOtherAfter(at(5), ValueType.HASH)).isTrue();
    assertThat(runs.isOtherAfter(at(5), ValueType.SET)).isTrue();
    assertThat(runs.isOtherAfter(at(15), ValueType.SET)).isFalse();
  }

  @Test
  void shouldTellWhenTheFinalTypeBegan() {
    runs.add(at(30), ValueType.SET);
    runs.add(at(10), ValueType.HASH);
    assertThat(runs.isChangedAfter(at(25))).isTrue();

    runs.add(at(20), ValueType.SET);
    assertThat(runs.isChangedAfter(at(25))).isFalse();
    assertThat(runs.isChangedAfter(at(15))).isTrue();
  }

  @Test
  void shouldKeepAnEarlierTypeAsLongAsWhatReplacedItIsRemembered() {
    runs.add(at(10), ValueType.HASH);
    runs.add(at(20), ValueType.SET);

    runs.forget(A, 10);
    assertThat(runs.isChangedAfter(at(15))).isTrue();
    runs.forget(A, 20);
    assertThat(runs.isEmpty()).isTrue();
  }

  @Test
  void shouldSayUpToWhereItDoesNotKnowWhatFollowedAReplacement() {
    runs.add(at(10), ValueType.HASH);
    runs.add(at(30), ValueType.HASH);

    assertThat(runs.forgetBefore(at(20))).isEqualTo(at(30));
    assertThat(runs.first()).isEqualTo(at(20));
  }

  private static Stamp at(long time) {
    return new Stamp(time, A, time);
  }
}

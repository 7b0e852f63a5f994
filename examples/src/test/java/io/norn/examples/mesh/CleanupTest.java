package io.norn.examples.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CleanupTest {
  private final List<String> closed = new ArrayList<>();
  private final Cleanup cleanup = new Cleanup();

  @Test
  void shouldCloseTheLatestFirstAndEachOnce() throws IOException {
    cleanup.add(() -> closed.add("first"));
    cleanup.add(() -> closed.add("second"));

    cleanup.close();
    cleanup.close();

    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void shouldCloseTheRestWhenOneFails() throws IOException {
    cleanup.add(() -> closed.add("first"));
    cleanup.add(
        () -> {
          throw new IOException("stuck");
        });

    assertThatThrownBy(cleanup::close).hasMessage("stuck");
    assertThat(closed).containsExactly("first");
  }

  @Test
  void shouldCloseAtOnceWhatComesTooLate() throws IOException {
    cleanup.close();

    assertThatThrownBy(() -> cleanup.add(() -> closed.add("late"))).isInstanceOf(IOException.class);
    assertThat(closed).containsExactly("late");
  }
}

package io.norn.agent.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private final List<String> crashes = new CopyOnWriteArrayList<>();

  @Test
  void shouldTellItsOwnerOfABug() {
    try (Worker worker =
        new Worker(
            "some-name",
            () -> {
              throw new AssertionError("oops");
            },
            crashes::add)) {
      worker.start();
      await().until(() -> !worker.isAlive());
    }
    assertThat(crashes).containsExactly("thread some-name failed: java.lang.AssertionError: oops");
  }

  @Test
  void shouldNotTakeBeingClosedForABug() {
    Worker worker = new Worker("sleeper", () -> Thread.sleep(60_000), crashes::add);
    worker.start();
    worker.close();
    assertThat(worker.isAlive()).isFalse();
    assertThat(crashes).isEmpty();
  }
}

package io.norn.sim.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.sim.Seeds;
import io.norn.sim.load.RandomCommands;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Meshes whose clients push unique elements and pop them: none is removed that nobody got, none
 * comes back, and all servers become equal.
 */
class QueueMeshTest {
  private static final int MESHES = 300;
  private static final int CRASHING_MESHES = 100;

  @Test
  void shouldLoseNoElementAndBringNoneBack() {
    run(Integer.getInteger("meshes", MESHES), plan -> plan);
  }

  @Test
  void shouldLoseNoElementAndBringNoneBackThoughAgentsCrashAllTheTime() {
    run(Integer.getInteger("meshes", CRASHING_MESHES), MeshPlan::withManyCrashes);
  }

  @Test
  void shouldFindThatPopsAreNotExact() {
    assertThat(
            LongStream.rangeClosed(1, MESHES)
                .parallel()
                .filter(seed -> failure(seed, Mutation.IGNORE_TAKEN, plan -> plan) != null)
                .findAny())
        .isPresent();
  }

  private static void run(int meshes, UnaryOperator<MeshPlan> change) {
    Seeds.of(1, meshes)
        .parallel()
        .filter(seed -> failure(seed, Mutation.NONE, change) != null)
        .min()
        .ifPresent(
            seed -> {
              throw new AssertionError("mesh -Dseed=" + seed, failure(seed, Mutation.NONE, change));
            });
  }

  @SuppressWarnings("CatchingUnchecked")
  private static Throwable failure(long seed, Mutation mutation, UnaryOperator<MeshPlan> change) {
    try {
      new Mesh(seed, mutation, change, RandomCommands::withQueues).withQueues().run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }
}

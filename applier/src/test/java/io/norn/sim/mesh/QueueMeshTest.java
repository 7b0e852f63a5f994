package io.norn.sim.mesh;

import static org.assertj.core.api.Assertions.assertThat;

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
    run(MESHES, plan -> plan);
  }

  @Test
  void shouldLoseNoElementAndBringNoneBackThoughAgentsCrashAllTheTime() {
    run(CRASHING_MESHES, MeshPlan::withManyCrashes);
  }

  @Test
  void shouldFindThatPopsAreNotExact() {
    assertThat(
            LongStream.rangeClosed(1, MESHES)
                .parallel()
                .filter(
                    seed ->
                        MeshRuns.failure(mesh(seed, Mutation.IGNORE_TAKEN, plan -> plan)) != null)
                .findAny())
        .isPresent();
  }

  private static void run(int meshes, UnaryOperator<MeshPlan> change) {
    MeshRuns.requireAll(MeshRuns.seeds(meshes), seed -> mesh(seed, Mutation.NONE, change));
  }

  private static Mesh mesh(long seed, Mutation mutation, UnaryOperator<MeshPlan> change) {
    return new Mesh(seed, mutation, change, RandomCommands::withQueues).withQueues();
  }
}

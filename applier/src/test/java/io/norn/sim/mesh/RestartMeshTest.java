package io.norn.sim.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.sim.load.RandomCommands;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Agents that are killed under a load that leaves much to repair decide as if they had never
 * stopped.
 */
class RestartMeshTest {
  private static final int MESHES = 60;

  @Test
  void shouldDecideAsIfNothingHadStopped() {
    MeshRuns.requireAll(MeshRuns.seeds(MESHES), seed -> mesh(seed, Mutation.NONE));
  }

  @Test
  void shouldFindThatAWindowIsNotComplete() {
    assertThat(
            LongStream.rangeClosed(1, MESHES)
                .parallel()
                .filter(seed -> MeshRuns.failure(mesh(seed, Mutation.RESTART_ANYWHERE)) != null)
                .findAny())
        .isPresent();
  }

  private static Mesh mesh(long seed, Mutation mutation) {
    return new Mesh(seed, mutation, MeshPlan::withCrashesOfTwo, RandomCommands::withDeletesOfMany)
        .withWitnesses();
  }
}

package io.norn.sim.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.sim.Seeds;
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
    Seeds.of(1, Integer.getInteger("meshes", MESHES))
        .parallel()
        .filter(seed -> failure(seed, Mutation.NONE) != null)
        .min()
        .ifPresent(
            seed -> {
              throw new AssertionError("mesh -Dseed=" + seed, failure(seed, Mutation.NONE));
            });
  }

  @Test
  void shouldFindThatAWindowIsNotComplete() {
    assertThat(
            LongStream.rangeClosed(1, MESHES)
                .parallel()
                .filter(seed -> failure(seed, Mutation.RESTART_ANYWHERE) != null)
                .findAny())
        .isPresent();
  }

  @SuppressWarnings("CatchingUnchecked")
  private static Throwable failure(long seed, Mutation mutation) {
    try {
      new Mesh(seed, mutation, MeshPlan::withCrashesOfTwo, RandomCommands::withDeletesOfMany)
          .withWitnesses()
          .run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }
}

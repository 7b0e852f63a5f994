package io.norn.sim.mesh;

import io.norn.sim.Seeds;
import io.norn.sim.load.RandomCommands;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Meshes whose clients also add to streams, delete and trim: no entry is lost, none comes back. */
class StreamMeshTest {
  private static final int MESHES = 500;
  private static final int CRASHING_MESHES = 200;

  @Test
  void shouldMakeAllServersEqual() {
    run(Integer.getInteger("meshes", MESHES), plan -> plan);
  }

  @Test
  void shouldMakeAllServersEqualThoughAgentsCrashAllTheTime() {
    run(Integer.getInteger("meshes", CRASHING_MESHES), MeshPlan::withManyCrashes);
  }

  private static void run(int meshes, UnaryOperator<MeshPlan> change) {
    Seeds.of(1, meshes)
        .parallel()
        .filter(seed -> failure(seed, change) != null)
        .min()
        .ifPresent(
            seed -> {
              throw new AssertionError("mesh -Dseed=" + seed, failure(seed, change));
            });
  }

  @SuppressWarnings("CatchingUnchecked")
  private static Throwable failure(long seed, UnaryOperator<MeshPlan> change) {
    try {
      new Mesh(seed, Mutation.NONE, change, RandomCommands::withStreams).run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }
}

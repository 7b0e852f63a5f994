package io.norn.sim.mesh;

import io.norn.sim.Seeds;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A thousand meshes, each from its own seed; {@code -Dseed=N} runs one again, {@code -Dmeshes=N}
 * that many.
 */
class MeshTest {
  private static final int MESHES = 1_000;
  private static final int CRASHING_MESHES = 300;

  @Test
  void shouldMakeAllServersEqualToTheOperationsInStampOrder() {
    run(Integer.getInteger("meshes", MESHES), plan -> plan);
  }

  @Test
  void shouldSurviveAgentsThatCrashAllTheTime() {
    run(Integer.getInteger("meshes", CRASHING_MESHES), MeshPlan::withManyCrashes);
  }

  /** Reports the failing seed with the smallest number. */
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
      new Mesh(seed, Mutation.NONE, change).run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }
}

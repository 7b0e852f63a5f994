package io.norn.sim.mesh;

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
    run(MESHES, plan -> plan);
  }

  @Test
  void shouldSurviveAgentsThatCrashAllTheTime() {
    run(CRASHING_MESHES, MeshPlan::withManyCrashes);
  }

  private static void run(int meshes, UnaryOperator<MeshPlan> change) {
    MeshRuns.requireAll(MeshRuns.seeds(meshes), seed -> new Mesh(seed, Mutation.NONE, change));
  }
}

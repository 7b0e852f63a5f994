package io.norn.sim.mesh;

import io.norn.sim.Seeds;
import org.junit.jupiter.api.Test;

/**
 * Thousands of meshes, each from its own seed; {@code -Dseed=N} runs one again, {@code -Dmeshes=N}
 * that many.
 */
class MeshTest {
  private static final int MESHES = 2_000;

  @Test
  void shouldMakeAllServersEqualToTheOperationsInStampOrder() {
    long[] failing =
        Seeds.of(1, Integer.getInteger("meshes", MESHES))
            .filter(MeshTest::fails)
            .limit(1)
            .toArray();
    if (failing.length > 0) {
      run(failing[0]);
    }
  }

  private static boolean fails(long seed) {
    try {
      new Mesh(seed, Mutation.NONE).run();
      return false;
    } catch (AssertionError | RuntimeException e) {
      return true;
    }
  }

  private static void run(long seed) {
    try {
      new Mesh(seed, Mutation.NONE).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("mesh -Dseed=" + seed + ": " + e.getMessage(), e);
    }
  }
}

package io.norn.sim.mesh;

import io.norn.sim.Seeds;
import io.norn.sim.load.RandomCommands;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Meshes whose clients also set bits, rename, copy and move keys and store unions of sets: all
 * servers become equal, and hold what such a command came to where a client sent it.
 */
class StoreMeshTest {
  private static final int MESHES = 250;
  private static final int CRASHING_MESHES = 60;

  @Test
  void shouldMakeAllServersEqualToTheOperationsInStampOrder() {
    run(Integer.getInteger("meshes", MESHES), plan -> plan, RandomCommands::withStores);
  }

  @Test
  void shouldLetTheNewestOfABitWin() {
    run(Integer.getInteger("meshes", MESHES), plan -> plan, RandomCommands::withBits);
  }

  @Test
  void shouldMakeAllServersEqualThoughListsAndBitsAreHandedOnToo() {
    run(
        Integer.getInteger("meshes", MESHES),
        plan -> plan,
        commands -> commands.withOpaque().withStores().withBits());
  }

  @Test
  void shouldMakeAllServersEqualThoughAgentsCrashAllTheTime() {
    run(
        Integer.getInteger("meshes", CRASHING_MESHES),
        MeshPlan::withManyCrashes,
        commands -> commands.withOpaque().withStores().withBits());
  }

  private static void run(
      int meshes, UnaryOperator<MeshPlan> change, UnaryOperator<RandomCommands> load) {
    Seeds.of(1, meshes)
        .parallel()
        .filter(seed -> failure(seed, change, load) != null)
        .min()
        .ifPresent(
            seed -> {
              throw new AssertionError("mesh -Dseed=" + seed, failure(seed, change, load));
            });
  }

  @SuppressWarnings("CatchingUnchecked")
  private static Throwable failure(
      long seed, UnaryOperator<MeshPlan> change, UnaryOperator<RandomCommands> load) {
    try {
      new Mesh(seed, Mutation.NONE, change, load).run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }
}

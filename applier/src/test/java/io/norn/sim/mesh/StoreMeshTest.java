package io.norn.sim.mesh;

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
    run(MESHES, plan -> plan, RandomCommands::withStores);
  }

  @Test
  void shouldLetTheNewestOfABitWin() {
    run(MESHES, plan -> plan, RandomCommands::withBits);
  }

  @Test
  void shouldMakeAllServersEqualThoughListsAndBitsAreHandedOnToo() {
    run(MESHES, plan -> plan, commands -> commands.withOpaque().withStores().withBits());
  }

  @Test
  void shouldMakeAllServersEqualThoughAgentsCrashAllTheTime() {
    run(
        CRASHING_MESHES,
        MeshPlan::withManyCrashes,
        commands -> commands.withOpaque().withStores().withBits());
  }

  private static void run(
      int meshes, UnaryOperator<MeshPlan> change, UnaryOperator<RandomCommands> load) {
    MeshRuns.requireAll(
        MeshRuns.seeds(meshes), seed -> new Mesh(seed, Mutation.NONE, change, load));
  }
}

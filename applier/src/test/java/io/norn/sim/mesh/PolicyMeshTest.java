package io.norn.sim.mesh;

import io.norn.command.KeyRule;
import io.norn.command.MergePolicy;
import io.norn.command.MergePolicy.Option;
import io.norn.sim.Seeds;
import io.norn.sim.load.RandomCommands;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Meshes under each policy: all servers become equal, what is concurrent with a removal survives,
 * the longest time to live counts.
 */
class PolicyMeshTest {
  private static final int MESHES = 1_000;
  private static final int OPAQUE_MESHES = 500;
  static final MergePolicy OBSERVED = new MergePolicy(KeyRule.OBSERVED_REMOVE, Set.of(), List.of());
  static final MergePolicy LONGEST =
      new MergePolicy(KeyRule.LWW, Set.of(Option.LONGEST_EXPIRY), List.of());
  static final MergePolicy BOTH =
      new MergePolicy(KeyRule.OBSERVED_REMOVE, Set.of(Option.LONGEST_EXPIRY), List.of());

  @Test
  void shouldKeepWhatARemovalHadNotSeen() {
    run(MESHES, plan -> plan.under(OBSERVED), commands -> commands);
  }

  @Test
  void shouldKeepTheLongestTimeToLive() {
    run(MESHES, plan -> plan.under(LONGEST), commands -> commands);
  }

  @Test
  void shouldDoBothAtOnce() {
    run(OPAQUE_MESHES, plan -> plan.under(BOTH), commands -> commands);
  }

  @Test
  void shouldMakeServersEqualWhoseClientsUseLists() {
    run(OPAQUE_MESHES, plan -> plan.under(BOTH), RandomCommands::withOpaque);
  }

  @Test
  void shouldMakeServersEqualThoughAgentsCrash() {
    run(OPAQUE_MESHES, plan -> plan.withManyCrashes().under(BOTH), commands -> commands);
  }

  private static void run(
      int meshes, UnaryOperator<MeshPlan> change, UnaryOperator<RandomCommands> load) {
    Seeds.of(1, Integer.getInteger("meshes", meshes))
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

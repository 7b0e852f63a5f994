package io.norn.sim.mesh;

import io.norn.command.KeyRule;
import io.norn.command.MergePolicy;
import io.norn.command.MergePolicy.Option;
import io.norn.sim.load.RandomCommands;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Meshes under each policy: all servers become equal, what is concurrent with a removal survives,
 * the longest time to live counts.
 */
class PolicyMeshTest {
  private static final int MESHES = 300;
  private static final int OTHER_MESHES = 100;
  private static final int CRASHING_MESHES = 60;
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
    run(OTHER_MESHES, plan -> plan.under(BOTH), commands -> commands);
  }

  @Test
  void shouldMakeServersEqualWhoseClientsUseLists() {
    run(OTHER_MESHES, plan -> plan.under(BOTH), RandomCommands::withOpaque);
  }

  @Test
  void shouldMakeServersEqualThoughAgentsCrash() {
    run(CRASHING_MESHES, plan -> plan.withManyCrashes().under(BOTH), commands -> commands);
  }

  @Test
  void shouldMakeServersEqualWhoseClientsUseStreams() {
    run(OTHER_MESHES, plan -> plan.under(BOTH), RandomCommands::withStreams);
  }

  @Test
  void shouldMakeServersEqualWhoseClientsMakeKeysOfOthers() {
    run(OTHER_MESHES, plan -> plan.under(BOTH), RandomCommands::withStores);
  }

  @Test
  void shouldMakeServersEqualWhoseClientsSetBits() {
    run(OTHER_MESHES, plan -> plan.under(BOTH), RandomCommands::withBits);
  }

  @Test
  void shouldMakeServersEqualWhoseClientsUseStreamsThoughAgentsCrash() {
    run(
        CRASHING_MESHES,
        plan -> plan.withManyCrashes().under(OBSERVED),
        RandomCommands::withStreams);
  }

  @Test
  void shouldMakeServersEqualWhoseClientsMakeKeysOfOthersThoughAgentsCrash() {
    run(CRASHING_MESHES, plan -> plan.withManyCrashes().under(BOTH), RandomCommands::withStores);
  }

  /** Each differed once, for a reason of its own. */
  @Test
  void shouldMakeServersEqualThatOnceDiffered() {
    UnaryOperator<MeshPlan> calm = plan -> plan.under(BOTH);
    UnaryOperator<MeshPlan> crashing = plan -> plan.withManyCrashes().under(BOTH);
    UnaryOperator<MeshPlan> observed = plan -> plan.withManyCrashes().under(OBSERVED);
    run(LongStream.of(1163), crashing, commands -> commands);
    run(LongStream.of(1067, 1142), calm, RandomCommands::withStreams);
    run(LongStream.of(1014), observed, RandomCommands::withStreams);
    run(LongStream.of(1060), calm, RandomCommands::withStores);
    run(LongStream.of(1214, 1215), observed, RandomCommands::withStores);
    run(LongStream.of(1439, 1540), crashing, RandomCommands::withStores);
  }

  private static void run(
      int meshes, UnaryOperator<MeshPlan> change, UnaryOperator<RandomCommands> load) {
    run(MeshRuns.seeds(meshes), change, load);
  }

  private static void run(
      LongStream seeds, UnaryOperator<MeshPlan> change, UnaryOperator<RandomCommands> load) {
    MeshRuns.requireAll(seeds, seed -> new Mesh(seed, Mutation.NONE, change, load));
  }
}

package io.norn.sim.mesh;

import io.norn.sim.load.RandomCommands;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Meshes whose clients also add to streams, delete and trim: no entry is lost, none comes back. */
class StreamMeshTest {
  private static final int MESHES = 500;
  private static final int CRASHING_MESHES = 200;
  private static final int BUSY_MESHES = 250;
  private static final int LAGGING_MESHES = 200;

  @Test
  void shouldMakeAllServersEqual() {
    run(MESHES, plan -> plan);
  }

  @Test
  void shouldMakeAllServersEqualThoughAgentsCrashAllTheTime() {
    run(CRASHING_MESHES, MeshPlan::withManyCrashes);
  }

  @Test
  void shouldMakeAllServersEqualThoughEntriesWithEqualIdsAreTrimmed() {
    run(BUSY_MESHES, MeshPlan::withOneBusyKey, RandomCommands::withShortStreams);
  }

  @Test
  void shouldMakeAllServersEqualThoughStreamsArePutInPlaceOfOthers() {
    run(LAGGING_MESHES, MeshPlan::withLag, RandomCommands::withStreamsInPlaceOfOthers);
  }

  private static void run(int meshes, UnaryOperator<MeshPlan> change) {
    run(meshes, change, RandomCommands::withStreams);
  }

  private static void run(
      int meshes, UnaryOperator<MeshPlan> change, UnaryOperator<RandomCommands> load) {
    MeshRuns.requireAll(
        MeshRuns.seeds(meshes), seed -> new Mesh(seed, Mutation.NONE, change, load));
  }
}

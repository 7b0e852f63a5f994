package io.norn.sim.mesh;

import io.norn.sim.Seeds;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Runs many meshes, each from its own seed. */
final class MeshRuns {
  private MeshRuns() {}

  /** As many meshes as asked for by {@code -Dmeshes=N}, else the usual number; or the one seed. */
  static LongStream seeds(int usual) {
    return Seeds.of(1, Integer.getInteger("meshes", usual));
  }

  /** Fails with the failing seed that has the smallest number. */
  static void requireAll(LongStream seeds, LongFunction<Mesh> mesh) {
    seeds
        .parallel()
        .filter(seed -> failure(mesh.apply(seed)) != null)
        .min()
        .ifPresent(
            seed -> {
              throw new AssertionError("mesh -Dseed=" + seed, failure(mesh.apply(seed)));
            });
  }

  /** Null if the mesh comes to rest as it must. */
  @SuppressWarnings("CatchingUnchecked")
  static Throwable failure(Mesh mesh) {
    try {
      mesh.run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }
}

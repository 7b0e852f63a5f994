package io.norn.sim.mesh;

import io.norn.command.MergePolicy;
import java.util.Random;

/**
 * What one mesh is like, drawn from its seed.
 *
 * @param nodes number of nodes
 * @param operations number of client operations
 * @param keys keys of each type
 * @param gapMicros time between two operations, at most
 * @param farMicros latency between nodes, at most
 * @param cuts times that a link is cut
 * @param stalls times that a link stalls
 * @param crashes times that an agent crashes
 * @param breaks times that an agent's connections to its own server break
 * @param jumps times that a clock jumps
 * @param setBackMicros how far all clocks are set back near the beginning: from then on stamps
 *     follow each other closely
 * @param burst commands that a client sends at once now and then
 * @param maxKeys keys in a batch
 * @param policy how conflicts are decided
 */
record MeshPlan(
    int nodes,
    int operations,
    int keys,
    int gapMicros,
    int farMicros,
    int cuts,
    int stalls,
    int crashes,
    int breaks,
    int jumps,
    long setBackMicros,
    int burst,
    int maxKeys,
    MergePolicy policy) {
  private static final int MANY_CRASHES = 12;
  private static final int FAR_MICROS = 15_000;
  private static final int LAG_MICROS = 80_000;
  private static final int LARGE_BURST = 5;
  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final int[] NODES = {2, 2, 2, 3, 3, 3, 3, 4, 4, 5};
  private static final int[] GAPS = {200, 1_000, 3_000, 10_000};
  private static final int[] FAR = {600, 3_000, 15_000, 80_000};

  static MeshPlan draw(Random random) {
    int nodes = NODES[random.nextInt(NODES.length)];
    return new MeshPlan(
        nodes,
        50 + random.nextInt(nodes > 3 ? 50 : 100),
        1 + random.nextInt(3),
        GAPS[random.nextInt(GAPS.length)],
        FAR[random.nextInt(FAR.length)],
        upTo(random, 3),
        upTo(random, 3),
        upTo(random, 3),
        upTo(random, 2),
        upTo(random, 3),
        0,
        1 + random.nextInt(3),
        1 + random.nextInt(12),
        MergePolicy.DEFAULT);
  }

  /** The same with agents that crash all the time, and no other faults. */
  MeshPlan withManyCrashes() {
    return new MeshPlan(
        nodes,
        operations,
        1,
        500,
        600,
        0,
        0,
        MANY_CRASHES,
        0,
        0,
        HOUR_MICROS,
        LARGE_BURST,
        1,
        policy);
  }

  /** The same under another policy. */
  MeshPlan under(MergePolicy other) {
    return new MeshPlan(
        nodes,
        operations,
        keys,
        gapMicros,
        farMicros,
        cuts,
        stalls,
        crashes,
        breaks,
        jumps,
        setBackMicros,
        burst,
        maxKeys,
        other);
  }

  /** Two nodes that crash again and again, far from each other, so that much is on its way. */
  MeshPlan withCrashesOfTwo() {
    return new MeshPlan(
        2, 300, 2, 500, FAR_MICROS, 1, 1, MANY_CRASHES, 1, 0, HOUR_MICROS, LARGE_BURST, 4, policy);
  }

  /** Two nodes without faults, one key that both write all the time. */
  MeshPlan withOneBusyKey() {
    return new MeshPlan(2, 100, 1, 1300, 5000, 0, 0, 0, 0, 0, 0, 1, 64, policy);
  }

  /** Two nodes whose agents lag behind each other by a hundred operations. */
  MeshPlan withLag() {
    return new MeshPlan(2, 100, 2, 1300, LAG_MICROS, 0, 2, 0, 0, 0, 0, 1, 64, policy);
  }

  /** Nothing in one half of the meshes. */
  private static int upTo(Random random, int most) {
    return random.nextBoolean() ? 0 : 1 + random.nextInt(most);
  }
}

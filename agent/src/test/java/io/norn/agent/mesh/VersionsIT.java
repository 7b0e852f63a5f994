package io.norn.agent.mesh;

import io.norn.agent.mesh.ConvergenceRun.Faults;
import io.norn.testkit.Seed;
import io.norn.testkit.server.ServerBinary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Convergence and joins with every server that the environment variable NORN_VALKEYS names, a list
 * of programs as in PATH: each with itself, and each with the one before it in the list, the first
 * of which is the embedded server. Runs with {@code -Pfull} only.
 */
class VersionsIT {
  private static final long LOAD_MILLIS = 5000;
  private static final int PER_SECOND = 1500;
  private static final int KEYS = 50;

  static Stream<List<ServerBinary>> pairs() {
    List<List<ServerBinary>> pairs = new ArrayList<>();
    ServerBinary before = ServerBinary.embedded();
    for (ServerBinary each : ServerBinary.listed()) {
      pairs.add(List.of(each, each));
      pairs.add(List.of(before, each));
      pairs.add(List.of(each, before));
      before = each;
    }
    return pairs.stream();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("pairs")
  void shouldMakeServersEqual(List<ServerBinary> binaries) throws Exception {
    new ConvergenceRun(binaries, Mix.COMMON, KEYS, PER_SECOND, LOAD_MILLIS, Faults.NONE)
        .run(Seed.next());
    new ConvergenceRun(binaries, Mix.COMMON, KEYS, PER_SECOND, LOAD_MILLIS, Faults.SOME)
        .run(Seed.next());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("pairs")
  void shouldUniteServersThatHoldData(List<ServerBinary> binaries) throws Exception {
    JoinIT.unite(binaries, JoinIT.First.A);
    JoinIT.unite(binaries, JoinIT.First.B);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("pairs")
  void shouldJoinServersThatAreWritten(List<ServerBinary> binaries) throws Exception {
    JoinIT.joinWhileWritten(binaries, JoinIT.First.BOTH);
  }
}

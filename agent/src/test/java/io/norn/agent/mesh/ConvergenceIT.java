package io.norn.agent.mesh;

import io.norn.agent.mesh.ConvergenceRun.Faults;
import io.norn.testkit.Seed;
import io.norn.testkit.server.ServerBinary;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConvergenceIT {
  private static final ServerBinary EMBEDDED = ServerBinary.embedded();
  private static final long LOAD_MILLIS = 3000;
  private static final int PER_SECOND = 1500;

  @ParameterizedTest
  @CsvSource({"5,SOME", "50,NONE", "5000,SOME"})
  void shouldMakeTwoServersEqual(int keys, Faults faults) throws Exception {
    run(List.of(EMBEDDED, EMBEDDED), keys, faults);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({"5,NONE", "50,SOME", "5000,NONE"})
  void shouldMakeTwoServersEqualUnderTheOtherLoads(int keys, Faults faults) throws Exception {
    run(List.of(EMBEDDED, EMBEDDED), keys, faults);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("withOthers")
  void shouldMakeServersOfOtherKindsEqual(List<ServerBinary> binaries, int keys, Faults faults)
      throws Exception {
    run(binaries, keys, faults);
  }

  static Stream<Arguments> withOthers() {
    return ServerBinary.forTests().stream()
        .skip(1)
        .flatMap(
            other ->
                Stream.of(
                    Arguments.of(List.of(other, other), 50, Faults.SOME),
                    Arguments.of(List.of(EMBEDDED, other), 5, Faults.NONE)));
  }

  @Test
  void shouldMakeThreeServersEqual() throws Exception {
    run(List.of(EMBEDDED, EMBEDDED, EMBEDDED), 50, Faults.SOME);
  }

  private static void run(List<ServerBinary> binaries, int keys, Faults faults) throws Exception {
    new ConvergenceRun(binaries, Mix.COMMON, keys, PER_SECOND, LOAD_MILLIS, faults)
        .run(Seed.next());
  }
}

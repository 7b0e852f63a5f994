package io.norn.agent.mesh;

import io.norn.agent.mesh.ConvergenceRun.Faults;
import io.norn.testkit.Seed;
import io.norn.testkit.server.ServerBinary;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvergenceIT {
  private static final ServerBinary EMBEDDED = ServerBinary.embedded();
  private static final long LOAD_MILLIS = 5000;
  private static final int PER_SECOND = 1500;

  @ParameterizedTest
  @CsvSource({"5,NONE", "50,NONE", "5000,NONE", "5,SOME", "50,SOME", "5000,SOME"})
  void shouldMakeTwoServersEqual(int keys, Faults faults) throws Exception {
    new ConvergenceRun(List.of(EMBEDDED, EMBEDDED), keys, PER_SECOND, LOAD_MILLIS, faults)
        .run(Seed.next());
  }
}

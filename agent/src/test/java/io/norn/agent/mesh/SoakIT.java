package io.norn.agent.mesh;

import io.norn.agent.mesh.ConvergenceRun.Faults;
import io.norn.testkit.Seed;
import io.norn.testkit.server.ServerBinary;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The long form of {@link ConvergenceIT}, for {@code -Psoak}. Every run prints a line that begins
 * with {@code norn-run}.
 */
@Tag("soak")
class SoakIT {
  private static final int REPETITIONS = Integer.getInteger("norn.soak.repetitions", 10);
  private static final long LOAD_MILLIS = 1000L * Integer.getInteger("norn.soak.seconds", 30);
  private static final int PER_SECOND = Integer.getInteger("norn.soak.rate", 3000);
  private static final int MIXED_KEYS = 60;
  private static final int MIXED_PER_SECOND = 1500;
  private static final List<ServerBinary> KINDS = ServerBinary.forTests();

  @ParameterizedTest
  @CsvSource({"2,NONE", "2,SOME", "3,NONE", "3,SOME"})
  void shouldMakeServersEqualWhateverIsWritten(int nodes, Faults faults) throws Exception {
    for (int i = 0; i < REPETITIONS; i++) {
      List<ServerBinary> binaries = Collections.nCopies(nodes, KINDS.get(i % KINDS.size()));
      new ConvergenceRun(binaries, Mix.ALL, MIXED_KEYS, MIXED_PER_SECOND, LOAD_MILLIS, faults)
          .run(Seed.next());
    }
  }

  @ParameterizedTest
  @CsvSource({"5,NONE", "50,NONE", "5000,NONE", "5,SOME", "50,SOME", "5000,SOME"})
  void shouldMakeServersEqualEveryTime(int keys, Faults faults) throws Exception {
    ServerBinary first = KINDS.get(0);
    ServerBinary last = KINDS.get(KINDS.size() - 1);
    for (int i = 0; i < REPETITIONS; i++) {
      List<ServerBinary> pair = List.of(i % 3 == 1 ? last : first, i % 3 == 0 ? first : last);
      new ConvergenceRun(pair, Mix.COMMON, keys, PER_SECOND, LOAD_MILLIS, faults).run(Seed.next());
    }
  }
}

package io.norn.sim.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.sim.Seeds;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The model against a real server: replies, data and the replication stream must be the same. */
class ModelServerIT {
  private static final int CONNECTIONS = 3;
  private static final int DATABASES = 3;
  private static final int STEPS = 1_500;

  private static ServerProcess real;

  @BeforeAll
  static void startServer() throws IOException {
    real = ServerProcess.start(ServerBinary.embedded(), "--enable-debug-command", "yes");
  }

  @AfterAll
  static void stopServer() throws IOException {
    real.close();
  }

  @TestFactory
  List<DynamicTest> shouldBehaveAsTheRealServer() {
    LongStream seeds = Seeds.of(1, Integer.getInteger("programs", 6));
    return seeds
        .mapToObj(seed -> DynamicTest.dynamicTest("-Dseed=" + seed, () -> runProgram(seed)))
        .toList();
  }

  private static void runProgram(long seed) throws IOException {
    ModelServer model = new ModelServer(Dialect.REDIS_7, "model");
    BothServers both = new BothServers(model, real, CONNECTIONS);
    both.sendRealOnly("FLUSHALL");
    both.sendRealOnly("DEBUG", "SET-ACTIVE-EXPIRE", "0");
    try (RealStream stream = RealStream.attach(real.endpoint())) {
      RandomProgram program = new RandomProgram(both, new Random(seed), CONNECTIONS);
      for (int i = 0; i < STEPS; i++) {
        program.step();
      }
      both.send(0, "DISCARD");
      both.compareData(DATABASES);
      both.send(0, "PUBLISH", "end", "end");
      compareStreams(stream.readUntil("PUBLISH end"), model.stream());
    }
    both.close();
  }

  private static void compareStreams(List<List<String>> realCommands, ReplicationStream stream) {
    List<String> expected = realCommands.stream().map(ModelServerIT::withoutPayload).toList();
    List<String> modelled =
        stream.entries().stream().map(entry -> withoutPayload(entry.words())).toList();
    for (int i = 0; i < Math.min(expected.size(), modelled.size()); i++) {
      assertThat(Replies.same(expected.get(i), modelled.get(i)))
          .as("entry %d%nreal:  %s%nmodel: %s", i, around(expected, i), around(modelled, i))
          .isTrue();
    }
    assertThat(modelled).hasSameSizeAs(expected);
  }

  private static List<String> around(List<String> lines, int index) {
    return lines.subList(Math.max(0, index - 8), Math.min(lines.size(), index + 4));
  }

  /** The payload of a RESTORE is each server's own. */
  private static String withoutPayload(List<String> words) {
    return words.get(0).equals("RESTORE")
        ? "RESTORE " + words.get(1) + " … " + words.get(words.size() - 1)
        : String.join(" ", words);
  }
}

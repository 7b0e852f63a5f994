package io.norn.sim.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.sim.load.RandomCommands;
import io.norn.sim.model.ModelConnection;
import io.norn.sim.model.Text;
import io.norn.stream.Tick;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A server goes on under a new stream, and the end of its old one reaches a peer only after newer
 * writes: the peer must take it all the same. A third node is away, so that nothing is forgotten.
 */
class TwoHistoriesTest {
  private static final Set<String> UNSETTLED =
      Set.of("PEXPIREAT", "EXPIRE", "PEXPIRE", "PERSIST", "GETEX", "GT", "LT");
  private static final int SEEDS = 60;
  private static final long SETTLE_MICROS = 300_000;

  @Test
  void shouldTakeTheEndOfAnOldStreamAfterNewerWrites() {
    assertThat(LongStream.rangeClosed(1, SEEDS).filter(seed -> differs(seed, Mutation.NONE)))
        .isEmpty();
  }

  @Test
  void shouldFindOneEntryOfTheVersionVectorPerNode() {
    assertThat(
            LongStream.rangeClosed(1, SEEDS)
                .filter(seed -> differs(seed, Mutation.ONE_ENTRY_PER_NODE))
                .findFirst())
        .isPresent();
  }

  private static boolean differs(long seed, Mutation mutation) {
    Mesh mesh = new Mesh(seed, mutation, 3);
    SimNode writer = mesh.nodes().get(0);
    SimNode reader = mesh.nodes().get(1);
    reader.start(mesh);
    write(mesh, writer);
    settle(mesh);

    reader.crash(0);
    write(mesh, writer);
    SimNode successor = mesh.continueUnderNewStream(writer, "second");
    reader.start(mesh);
    reader.agent().links().get(writer.stream()).cut();
    write(mesh, successor);
    settle(mesh);

    reader.agent().links().get(writer.stream()).restore();
    settle(mesh);
    return !reader.server().model().dump().equals(successor.server().model().dump());
  }

  /** Some commands, and ticks for them as their agent would write them. */
  private static void write(Mesh mesh, SimNode node) {
    RandomCommands commands = new RandomCommands(mesh.random()).keys(1);
    ModelConnection client = node.server().model().connect();
    for (int i = 0; i < 20; i++) {
      node.server().execute(client, Text.command(settled(commands)));
      long hlc = node.clock().nowMicros();
      Tick tick = new Tick(hlc, node.stream().stream(), node.streamEnd());
      node.server().execute(client, tick.asWrite());
      mesh.time().runUntil(mesh.time().nowMicros() + 2_000);
    }
  }

  /**
   * Nothing that the reader would settle by writing it again: the writer has no agent that reads
   * it.
   */
  private static String[] settled(RandomCommands commands) {
    String[] words = commands.next();
    while (Stream.of(words).anyMatch(UNSETTLED::contains)) {
      words = commands.next();
    }
    return words;
  }

  private static void settle(Mesh mesh) {
    mesh.time().runUntil(mesh.time().nowMicros() + SETTLE_MICROS);
  }
}

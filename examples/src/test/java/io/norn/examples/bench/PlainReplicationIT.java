package io.norn.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.examples.mesh.VisibilityProbe;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The yardstick must be right before anything is measured with it. */
final class PlainReplicationIT {
  private final ServerBinary binary = ServerBinary.preferred();

  @Test
  void shouldCarryTheWholeLoadToTheReplica() throws Exception {
    Load load = new Load(20_003, 100, 32, 3);
    try (PlainReplication pair = PlainReplication.start(binary);
        ServerConnection source = ServerConnection.open(pair.source());
        ServerConnection target = ServerConnection.open(pair.target())) {
      load.run(pair.source());

      assertThat(source.require("DBSIZE")).isEqualTo(20_003L);
      assertThat(source.require("STRLEN", Load.key(20_002))).isEqualTo(100L);
      assertThat(source.require("WAIT", "1", "10000")).isEqualTo(1L);
      assertThat(target.require("DBSIZE")).isEqualTo(20_003L);
    }
  }

  @Test
  void shouldMeasureTheWayToTheReplica() throws Exception {
    try (PlainReplication pair = PlainReplication.start(binary);
        VisibilityProbe probe = VisibilityProbe.between(pair.source(), pair.target())) {
      for (int i = 0; i < 20; i++) {
        assertThat(probe.nanosUntilVisible()).isBetween(1L, TimeUnit.SECONDS.toNanos(10));
      }
    }
  }

  @Test
  void shouldNotTakeARefusalForAWrite() throws Exception {
    try (ServerProcess server = ServerProcess.start(binary, "--maxmemory", "1mb")) {
      assertThatThrownBy(() -> new Load(10_000, 1_000, 8, 1).run(server.endpoint()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("OOM");
    }
  }
}

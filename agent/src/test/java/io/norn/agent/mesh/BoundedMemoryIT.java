package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Writes that no tick covers yet, more of them than the 96 MB of the agents hold: they wait in the
 * journals.
 */
class BoundedMemoryIT {
  private static final int MEGABYTES = Integer.getInteger("norn.memory.megabytes", 130);
  private static final int VALUE_BYTES = 1000;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int KEYS = 1000;
  private static final int AT_ONCE = 1000;

  @Tag("full")
  @Test
  void shouldNotHoldInMemoryWhatTheOriginsAgentCannotStamp() throws Exception {
    try (RealMesh mesh = mesh()) {
      mesh.agent(0).kill();
      write(mesh);
      mesh.agent(0).start();
      assertEqual(mesh);
    }
  }

  @Test
  void shouldNotHoldInMemoryWhatComesFasterThanItIsRead() throws Exception {
    try (RealMesh mesh = mesh()) {
      mesh.agent(0).suspend();
      mesh.agent(1).suspend();
      write(mesh);
      mesh.agent(0).resume();
      mesh.agent(1).resume();
      assertEqual(mesh);
    }
  }

  private static RealMesh mesh() throws IOException {
    List<ServerBinary> binaries = List.of(ServerBinary.embedded(), ServerBinary.embedded());
    RealMesh mesh = new RealMesh(binaries);
    for (int i = 0; i < mesh.size(); i++) {
      try (ServerConnection server = mesh.server(i).connect()) {
        server.require("CONFIG", "SET", "client-output-buffer-limit", "replica 0 0 0");
        server.require("CONFIG", "SET", "repl-backlog-size", 2 * MEGABYTES + "mb");
      }
    }
    return mesh.startAgents();
  }

  private static void write(RealMesh mesh) throws IOException {
    String value = "v".repeat(VALUE_BYTES);
    try (ServerConnection server = mesh.server(0).connect()) {
      int count = MEGABYTES * (1 << 20) / VALUE_BYTES;
      for (int i = 0; i < count; i++) {
        server.send("SET", "key:" + i % KEYS, value + i);
        if (i % AT_ONCE == 0) {
          server.receiveAll();
        }
      }
      server.receiveAll();
    }
  }

  private static void assertEqual(RealMesh mesh) throws IOException {
    List<String> differences = Convergence.await(mesh.endpoints(), LIMIT);
    assertThat(differences).as(differences.isEmpty() ? "" : mesh.report()).isEmpty();
    for (int i = 0; i < mesh.size(); i++) {
      assertThat(mesh.agent(i).isRunning()).as(mesh.report()).isTrue();
    }
  }
}

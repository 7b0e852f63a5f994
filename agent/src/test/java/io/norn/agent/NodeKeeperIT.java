package io.norn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.node.DataDirectory;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeKeeperIT {
  @TempDir private Path root;

  @Test
  void shouldStartANewNodeAfterABugAndShowTheBug() throws Exception {
    AtomicReference<Consumer<String>> ending = new AtomicReference<>();
    try (ServerProcess server = ServerProcess.start(ServerBinary.embedded())) {
      AgentConfig config = config(server);
      DataDirectory directory = DataDirectory.open(config.directory());
      NodeKeeper.Starter starter =
          onEnded -> {
            ending.set(onEnded);
            return Node.start(config, directory, List::of, new ConflictLog(1), onEnded);
          };
      try (NodeKeeper keeper = new NodeKeeper("node", starter)) {
        keeper.start();
        Node first = keeper.node();
        assertThat(first).isNotNull();
        ending.get().accept("thread x failed: oops");
        await().until(() -> keeper.node() != null && keeper.node() != first);
        assertThat(keeper.lastCrash()).contains("oops");
        assertThat(
                new StatusReport(config, new ConflictLog(1))
                    .of(keeper.node(), "", keeper.lastCrash())
                    .get("Node"))
            .containsEntry("last_crash", "thread x failed: oops");
      } finally {
        directory.close();
      }
    }
  }

  @Test
  void shouldSurviveABugInAStartAndNotTryAgainAndAgainAtOnce() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    NodeKeeper.Starter starter =
        onEnded -> {
          if (starts.getAndIncrement() == 0) {
            throw new IOException("not yet");
          }
          throw new IllegalStateException("oops");
        };
    try (NodeKeeper keeper = new NodeKeeper("node", starter)) {
      keeper.start();
      assertThat(keeper.obstacle()).contains("not yet");
      await().until(() -> !keeper.lastCrash().isEmpty());
      Thread.sleep(1000);
      assertThat(starts).hasValue(2);
      assertThat(keeper.obstacle()).contains("keeper").contains("oops");
    }
  }

  private AgentConfig config(ServerProcess server) throws Exception {
    return AgentConfig.load(
        List.of(
            "--node-id",
            "node-a",
            "--port",
            Integer.toString(FreePort.next()),
            "--dir",
            root.resolve("agent").toString(),
            "--local",
            "127.0.0.1",
            Integer.toString(server.port())));
  }
}

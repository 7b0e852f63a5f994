package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.net.Address;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent looks like a replica of the servers that it reads, but must never become a primary. */
class SentinelIT {
  private static final Address PEER = new Address("127.0.0.1", 1);

  static List<ServerBinary> servers() {
    return ServerBinary.forTests();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldNotHinderAFailoverToARealReplica(ServerBinary binary) throws IOException {
    try (ServerProcess primary = ServerProcess.start(binary);
        ServerProcess replica =
            ServerProcess.start(binary, "--replicaof", "127.0.0.1 " + primary.port());
        ControlPort port = ControlPort.open(PEER);
        AttachedAgent agent = new AttachedAgent(primary, port.server().port());
        Sentinel sentinel = new Sentinel(binary, primary)) {
      eventually(() -> assertThat(sentinel.replicas()).isEqualTo(2));
      eventually(() -> assertThat(port.agent().infos()).isPositive());
      assertThat(agent.isAttached()).isTrue();
      primary.kill();
      eventually(() -> assertThat(role(replica)).isEqualTo("master"));
      eventually(() -> assertThat(sentinel.log()).contains("+switch-master"));
      assertThat(sentinel.log())
          .containsPattern("\\+slave-reconf-done .*:" + port.server().port() + " ")
          .doesNotContain("-slave-reconf-sent-timeout", "+failover-end-for-timeout");
      assertThat(port.agent().peers()).containsExactly(PEER);
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldNotBePromotedWhenThereIsNobodyElse(ServerBinary binary) throws IOException {
    try (ServerProcess primary = ServerProcess.start(binary);
        ControlPort port = ControlPort.open(PEER);
        AttachedAgent agent = new AttachedAgent(primary, port.server().port());
        Sentinel sentinel = new Sentinel(binary, primary)) {
      eventually(() -> assertThat(sentinel.replicas()).isEqualTo(1));
      eventually(() -> assertThat(port.agent().infos()).isPositive());
      assertThat(agent.isAttached()).isTrue();
      primary.kill();
      eventually(() -> assertThat(sentinel.log()).contains("-failover-abort-no-good-slave"));
      assertThat(sentinel.log()).doesNotContain("+selected-slave");
      assertThat(port.agent().peers()).containsExactly(PEER);
    }
  }

  private static String role(ServerProcess server) throws IOException {
    try (ServerConnection connection = server.connect()) {
      return ServerConnection.text(((List<?>) connection.require("ROLE")).get(0));
    }
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(assertion);
  }
}

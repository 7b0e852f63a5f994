package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.agent.doctor.Finding;
import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.ValueType;
import io.norn.contest.Contest;
import io.norn.contest.Contests;
import io.norn.contest.Rule;
import io.norn.net.Address;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
  private static final Address B = new Address("10.0.0.3", 6379);
  private static final Address C = new Address("10.0.0.4", 6380);

  private ControlPort port;
  private ServerConnection client;

  @BeforeEach
  void open() throws IOException {
    port = ControlPort.open(B);
    client = port.connect();
  }

  @AfterEach
  void close() {
    client.close();
    port.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PING                     | PONG",
        "ping hello               | hello",
        "ECHO hello               | hello",
        "SELECT 0                 | OK",
        "CLIENT SETNAME me        | OK",
        "CLIENT SETINFO LIB-NAME x | OK",
        "CLIENT KILL TYPE normal  | OK",
        "CONFIG REWRITE           | OK",
        "CONFIG RELOAD            | OK",
        "CONFIG SET timeout 5     | OK",
        "PEER PAUSE 10.0.0.3 6379 | OK",
        "PEER RESUME 10.0.0.3 6379 | OK",
        "JOURNAL LIST             | []",
        "JOURNAL STAT             | []",
        "DOCTOR                   | []",
        "VERIFY STOP              | OK",
        "PUBLISH __sentinel__:hello x | 0",
        "SLAVEOF 10.9.9.9 1       | OK",
        "SLAVEOF NO ONE           | OK",
        "COMMAND DOCS             | []",
        "COMMAND                  | []",
        "CONFIG GET nothing       | []",
        "RESET                    | RESET",
      })
  void shouldAnswer(String command, String expected) throws IOException {
    assertThat(ServerConnection.text(call(command))).isEqualTo(expected);
    assertThat(port.agent().peers()).containsExactly(B);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOSUCH x y               | ERR unknown command 'NOSUCH'",
        "ECHO                     | ERR wrong number of arguments for 'echo' command",
        "ECHO a b                 | ERR wrong number of arguments for 'echo' command",
        "PING a b                 | ERR wrong number of arguments for 'ping' command",
        "SELECT 1                 | ERR DB index is out of range",
        "CLIENT NOSUCH            | ERR unknown subcommand 'NOSUCH' of client",
        "CONFIG SET port 1        | ERR CONFIG SET: port: cannot be set at run time",
        "CONFIG SET a             | ERR wrong number of arguments for 'config|set' command",
        "CONFIG SET a 1 b         | ERR wrong number of arguments for 'config|set' command",
        "CONFIG SET a 1 A 2       | ERR 'a' is named twice",
        "PEER PAUSE h 1           | ERR h:1 is not a peer",
        "JOURNAL NOSUCH           | ERR unknown subcommand 'NOSUCH' of journal",
        "JOURNAL TAIL             | ERR wrong number of arguments for 'journal|tail' command",
        "JOURNAL TAIL nobody      | ERR there is no journal 'nobody'",
        "JOURNAL TAIL nobody 0    | ERR '0' is no number from 1 to",
        "VERIFY NOSUCH            | ERR unknown subcommand 'NOSUCH' of verify",
        "VERIFY START NOW         | ERR syntax error",
        "VERIFY START REPAIR      | ERR syntax error",
        "CONFLICTS none           | ERR 'none' is no number from 1 to",
        "CONFIG GET               | ERR wrong number of arguments for 'config|get' command",
        "REPLICAOF h              | ERR wrong number of arguments for 'replicaof' command",
        "REPLICAOF a b c d        | ERR wrong number of arguments for 'replicaof' command",
        "REPLICAOF ADD h 1        | ERR syntax error",
        "REPLICAOF h x            | ERR 'x' is not a port number",
        "REPLICAOF h 70000        | ERR port 70000 is out of range",
        "REPLICAOF REMOVE h 1     | ERR h:1 is not a peer",
        "REPLICAOF 127.0.0.1 6379 | ERR 127.0.0.1:6379 is this node's own server",
        "PEER ADD h               | ERR wrong number of arguments for 'peer|add' command",
        "PEER ADD full 1          | ERR the disk is full",
        "PEER ADD broken 1        | ERR internal error, see the agent's log",
        "PEER NOSUCH              | ERR unknown subcommand 'NOSUCH' of peer",
        "PSYNC ? -1               | ERR an agent holds no dataset: a full sync comes from",
        "PSYNC abc 12 FAILOVER    | ERR this agent is no replica that could become a primary",
        "PSYNC abc x              | ERR 'x' is not the number of a byte in a stream",
        "PSYNC abc 12             | NOTHELD no journal of this agent holds the stream abc",
        "SYNC                     | ERR an agent holds no dataset",
        "SHUTDOWN NOW             | ERR syntax error",
        "EXEC                     | ERR EXEC without MULTI",
        "DISCARD                  | ERR DISCARD without MULTI",
        "HELLO 4                  | NOPROTO",
        "HELLO 2 NOSUCH           | ERR syntax error in HELLO option",
        "AUTH x                   | ERR AUTH is not needed",
      })
  void shouldAnswerWithAnErrorAndGoOn(String command, String expected) throws IOException {
    assertThat(call(command))
        .isInstanceOfSatisfying(
            ServerError.class, error -> assertThat(error.message()).startsWith(expected));
    assertThat(ServerConnection.text(client.call("PING"))).isEqualTo("PONG");
    assertThat(port.agent().peers()).containsExactly(B);
  }

  @Test
  void shouldAddAndRemovePeersInTheWaysOfKeyDb() throws IOException {
    client.require("REPLICAOF", "10.0.0.4", "6380");
    assertThat(port.agent().peers()).containsExactly(B, C);
    client.require("replicaof", "remove", "10.0.0.3", "6379");
    assertThat(port.agent().peers()).containsExactly(C);
    client.require("PEER", "ADD", "[FE80::1]", "6379");
    assertThat(texts(client.require("PEER", "LIST")))
        .containsExactly("10.0.0.4:6380", "fe80::1:6379");
    client.require("PEER", "REMOVE", "10.0.0.4", "6380");
    client.require("REPLICAOF", "10.0.0.4", "6380");
    client.require("REPLICAOF", "no", "one");
    assertThat(port.agent().peers()).isEmpty();
  }

  @Test
  void shouldChangeWriteAndReadTheConfigurationAgain() throws IOException {
    client.require("CONFIG", "SET", "timeout", "5", "masterauth", "a b");
    client.require("CONFIG", "REWRITE");
    client.require("CONFIG", "RELOAD");
    assertThat(port.agent().configured)
        .containsEntry("timeout", "5")
        .containsEntry("masterauth", "a b")
        .containsKeys("rewritten", "reloaded");
  }

  @Test
  void shouldNotWriteTheConfigurationForSentinel() throws IOException {
    client.require("CLIENT", "SETNAME", "sentinel-1-cmd");
    client.require("CONFIG", "REWRITE");
    transaction("CONFIG REWRITE");
    assertThat(port.agent().configured).isEmpty();
  }

  @Test
  void shouldShowTheLatestDecisions() throws IOException {
    Stamp late = new Stamp(1, new StreamId("a", "s"), 10);
    Stamp later = new Stamp(2, new StreamId("b", "s"), 20);
    port.agent()
        .inspection
        .conflicts
        .add(
            Contests.of(
                new Contest(
                    Rule.SKIPPED,
                    DbKey.of(0, Text.bytes("cart:7")),
                    ValueType.STRING,
                    new Contest.Side(later, "SET cart:7 x"),
                    new Contest.Side(late, "SET cart:7 y"))));
    assertThat(client.requireText("CONFLICTS"))
        .contains("\"conflicts\":1", "\"skipped\":1", "\"type_string\":1")
        .contains("\"key\":\"cart:7\"", "\"rule\":\"skipped\"", "\"node\":\"b\"");
    assertThat(client.requireText("CONFLICTS", "1")).contains("SET cart:7 x");
  }

  @Test
  void shouldShowWhatTheDoctorFinds() throws IOException {
    port.agent()
        .inspection
        .findings
        .add(new Finding(Finding.Severity.WARNING, "10.0.0.3:6379", "is ill", "rest"));
    assertThat(client.requireText("DOCTOR"))
        .isEqualTo(
            "[{\"severity\":\"warning\",\"where\":\"10.0.0.3:6379\","
                + "\"problem\":\"is ill\",\"remedy\":\"rest\"}]");
  }

  @Test
  void shouldDoNothingForSentinel() throws IOException {
    assertThat(
            texts(
                transaction(
                    "SLAVEOF NO ONE",
                    "REPLICAOF NO ONE",
                    "REPLICAOF 10.0.0.9 1",
                    "CONFIG REWRITE",
                    "CLIENT KILL TYPE normal",
                    "CLIENT KILL TYPE pubsub")))
        .containsOnly("OK")
        .hasSize(6);
    client.require("CLIENT", "SETNAME", "sentinel-1a2b3c4d-cmd");
    client.require("REPLICAOF", "NO", "ONE");
    client.require("REPLICAOF", "10.0.0.9", "1");
    assertThat(port.agent().peers()).containsExactly(B);
  }

  @Test
  void shouldTellSentinelWhatItAskedForAndNobodyElse() throws IOException {
    client.require("SLAVEOF", "10.0.0.9", "7000");
    assertThat(texts(client.require("ROLE")))
        .containsExactly("slave", "10.0.0.9", "7000", "connected", "0");
    try (ServerConnection other = port.connect()) {
      assertThat(texts(other.require("ROLE")))
          .containsExactly("slave", "10.0.0.3", "6379", "connect", "0");
    }
    client.require("SLAVEOF", "NO", "ONE");
    assertThat(client.requireText("INFO", "replication"))
        .contains("role:slave", "master_host:10.0.0.3");
    assertThat(client.call("SLAVEOF", "h", "x")).isInstanceOf(ServerError.class);
  }

  @Test
  void shouldQueueAndAbortTransactionsAsValkeyDoes() throws IOException {
    assertThat(texts(transaction("PING", "ECHO a"))).containsExactly("PONG", "a");
    client.require("MULTI");
    assertThat(client.call("NOSUCH")).isInstanceOf(ServerError.class);
    assertThat(ServerConnection.text(client.call("EXEC"))).contains("EXECABORT");
    client.require("MULTI");
    client.require("PING");
    client.require("DISCARD");
    assertThat(client.call("EXEC")).isEqualTo(new ServerError("ERR EXEC without MULTI"));
    List<?> replies = (List<?>) transaction("CONFIG SET port b", "PING");
    assertThat(replies.get(0)).isInstanceOf(ServerError.class);
    assertThat(ServerConnection.text(replies.get(1))).isEqualTo("PONG");
  }

  @Test
  void shouldLimitWhatATransactionHolds() throws IOException {
    client.require("MULTI");
    for (int i = 0; i < 200; i++) {
      client.send("PING");
    }
    List<Object> replies = client.receiveAll();
    assertThat(replies.get(127)).isNotInstanceOf(ServerError.class);
    assertThat(replies.get(128)).isInstanceOf(ServerError.class);
    assertThat(ServerConnection.text(client.call("EXEC"))).contains("EXECABORT");
  }

  @Test
  void shouldLookLikeAReplicaThatCannotBePromoted() throws IOException {
    assertThat(client.requireText("INFO", "replication").split("\r\n"))
        .contains(
            "# Replication",
            "role:slave",
            "master_host:10.0.0.3",
            "master_port:6379",
            "master_link_status:down",
            "slave_priority:0",
            "replica_announced:0");
    assertThat(texts(client.require("ROLE")))
        .containsExactly("slave", "10.0.0.3", "6379", "connect", "0");
    port.agent().status.put("Peer0", Map.of("link", "up"));
    assertThat(client.requireText("INFO", "replication")).contains("master_link_status:up");
    client.require("REPLICAOF", "NO", "ONE");
    assertThat(texts(client.require("ROLE")))
        .containsExactly("slave", "127.0.0.1", "6379", "connected", "0");
  }

  @Test
  void shouldShowItsStateAsText() throws IOException {
    port.agent().status.put("Server", Map.of("node", "a"));
    port.agent().status.put("Peer0", Map.of("error", "line\r\nbreak"));
    String all = client.requireText("INFO");
    assertThat(all.split("\r\n"))
        .contains(
            "# Server",
            "redis_version:7.2.4",
            "norn_version:development",
            "node:a",
            "process_id:" + ProcessHandle.current().pid(),
            "tcp_port:" + port.server().port(),
            "# Clients",
            "connected_clients:1",
            "# Replication",
            "# Local",
            "link:up",
            "# Peer0",
            "error:line break");
    assertThat(all).containsPattern("run_id:[0-9a-f]{40}\r\n").contains("uptime_in_seconds:");
    assertThat(client.requireText("INFO", "EVERYTHING")).contains("# Local");
    assertThat(client.requireText("INFO", "local", "PEER0"))
        .startsWith("# Local\r\n")
        .contains("# Peer0")
        .doesNotContain("# Server");
    assertThat(client.requireText("INFO", "nosuch")).isEmpty();
  }

  @Test
  void shouldShowItsStateAsJson() throws IOException {
    port.agent().status.put("Peer0", Map.of("error", "\"quoted\" \\ \n \u0001 ä \ud83d\ude00"));
    assertThat(client.requireText("STATUS"))
        .isEqualTo(
            "{\"Local\":{\"link\":\"up\"},\"Peer0\":{\"error\":"
                + "\"\\\"quoted\\\" \\\\ \\u000a \\u0001 ä \\ud83d\\ude00\"}}");
  }

  @Test
  void shouldShowTheConfigurationByPattern() throws IOException {
    assertThat(texts(client.require("CONFIG", "GET", "*"))).hasSize(8);
    assertThat(texts(client.require("CONFIG", "GET", "PORT"))).containsExactly("port", "7379");
    assertThat(texts(client.require("CONFIG", "GET", "p?rt", "*auth")))
        .containsExactly("port", "7379", "masterauth", "***");
  }

  @Test
  void shouldKnowItsClients() throws IOException {
    long id = (Long) client.require("CLIENT", "ID");
    assertThat(client.require("CLIENT", "GETNAME")).isNull();
    client.require("CLIENT", "SETNAME", "me");
    assertThat(client.requireText("CLIENT", "GETNAME")).isEqualTo("me");
    assertThat(client.requireText("CLIENT", "LIST")).contains("id=" + id + " addr=127.0.0.1:");
    assertThat(client.requireText("CLIENT", "INFO")).contains(" name=me");
    assertThat(client.call("CLIENT", "SETNAME", "a b")).isInstanceOf(ServerError.class);
  }

  @Test
  void shouldShutDownWithoutAReply() throws Exception {
    try (RawClient raw = port.raw()) {
      assertThat(raw.send("SHUTDOWN NOSAVE\r\n").receiveAll()).isEmpty();
    }
    assertThat(port.agent().shutdown.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldAnswerPipelinesInOrder() throws IOException {
    for (int i = 0; i < 5_000; i++) {
      client.send("ECHO", Integer.toString(i));
    }
    List<Object> replies = client.receiveAll();
    for (int i = 0; i < 5_000; i++) {
      assertThat(ServerConnection.text(replies.get(i))).isEqualTo(Integer.toString(i));
    }
  }

  private Object transaction(String... commands) throws IOException {
    client.require("MULTI");
    for (String command : commands) {
      assertThat(ServerConnection.text(call(command))).isEqualTo("QUEUED");
    }
    return client.require("EXEC");
  }

  private Object call(String command) throws IOException {
    return client.call(command.split(" ", -1));
  }

  private static List<String> texts(Object reply) {
    return ((List<?>) reply).stream().map(ServerConnection::text).toList();
  }
}

package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.net.FaultyProxy;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What people who come from another active-active product check first, on four servers that all
 * follow each other; the cases have the mesh in common and keys of their own.
 */
class FullMeshIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ServerBinary EMBEDDED = ServerBinary.embedded();
  private static final int HUB = 0;
  private static final int LAST = 3;
  private static final int TRANSACTIONS = 1000;
  private static final int AT_ONCE = 20;
  private static final int VALUE_BYTES = 10_000;
  private static final List<String> SYNC = List.of("everysec", "always", "everysec", "no");

  private static final List<ServerConnection> CLIENTS = new ArrayList<>();
  private static RealMesh mesh;

  /** The first one is empty, the others hold data. */
  @BeforeAll
  static void join() throws IOException {
    List<ServerBinary> kinds = ServerBinary.forTests();
    ServerBinary other = kinds.get(kinds.size() - 1);
    mesh =
        new RealMesh(
            List.of(EMBEDDED, other, EMBEDDED, other),
            node -> List.of("--journal-sync", SYNC.get(node)));
    for (int node = 0; node < mesh.size(); node++) {
      CLIENTS.add(mesh.server(node).connect());
    }
    for (int node = HUB + 1; node < mesh.size(); node++) {
      hold(CLIENTS.get(node), node);
    }
    mesh.startAgents();
  }

  private static void hold(ServerConnection server, int node) throws IOException {
    server.require("SET", "held:" + node, "by " + node);
    server.require("RPUSH", "held:list:" + node, "1", "2", "3");
    server.require("HSET", "held:hash", "by" + node, "1");
    server.require("SELECT", "7");
    server.require("SET", "held:" + node, "too");
    server.require("SELECT", "0");
  }

  /** Whatever the cases did, all are equal in the end. */
  @AfterAll
  static void leave() throws IOException {
    CLIENTS.forEach(ServerConnection::close);
    CLIENTS.clear();
    try (RealMesh ended = mesh) {
      List<String> differences = Convergence.await(ended.endpoints(), SOON);
      assertThat(differences).as(differences.isEmpty() ? "" : ended.report()).isEmpty();
    }
  }

  /** One case that fails is no reason for others to do so. */
  @AfterEach
  void heal() throws IOException {
    mesh.allLinks().forEach(FaultyProxy::restore);
    selectEverywhere("0");
  }

  @Test
  void shouldKeepWhatNodesHeldWhenTheyJoinedAnEmptyOne() throws Exception {
    for (int node = HUB + 1; node < mesh.size(); node++) {
      awaitEverywhere("by " + node, "GET", "held:" + node);
      awaitEverywhere("3", "LLEN", "held:list:" + node);
      awaitEverywhere("1", "HGET", "held:hash", "by" + node);
    }
    selectEverywhere("7");
    for (int node = HUB + 1; node < mesh.size(); node++) {
      awaitEverywhere("too", "GET", "held:" + node);
    }
  }

  @Test
  void shouldBringTheWritesOfEachNodeToAll() throws Exception {
    for (int node = 0; node < mesh.size(); node++) {
      client(node).require("SET", "of:" + node, "value");
      client(node).require("HSET", "of:all", "f" + node, "v");
    }
    for (int node = 0; node < mesh.size(); node++) {
      awaitEverywhere("value", "GET", "of:" + node);
    }
    awaitEverywhere("4", "HLEN", "of:all");
  }

  @Test
  void shouldCountEachIncrementOnce() throws Exception {
    client(0).require("SET", "n", "1");
    awaitEverywhere("1", "GET", "n");
    client(1).require("INCR", "n");
    client(2).require("INCR", "n");
    awaitEverywhere("3", "GET", "n");
    awaitAllToBePassed();
    assertEverywhere("3", "GET", "n");
  }

  @Test
  void shouldExecuteEachOfManyTransactionsOnce() throws Exception {
    for (int i = 0; i < TRANSACTIONS; i++) {
      transact(client(i % mesh.size()), i);
      if (i % AT_ONCE == AT_ONCE - 1) {
        for (ServerConnection client : CLIENTS) {
          client.receiveAll();
        }
      }
    }
    String all = Integer.toString(TRANSACTIONS);
    awaitEverywhere(all, "GET", "tx:n");
    awaitAllToBePassed();
    assertEverywhere(all, "GET", "tx:n");
    assertEverywhere(all, "HGET", "tx:hash", "n");
    assertEverywhere("50", "HGET", "tx:hash", "i49");
  }

  private static void transact(ServerConnection client, int i) throws IOException {
    client.send("MULTI");
    client.send("INCR", "tx:n");
    client.send("HINCRBY", "tx:hash", "n", "1");
    client.send("HSET", "tx:hash", "i" + i % 50, Integer.toString(i % 50 + 1));
    client.send("EXEC");
  }

  @Test
  void shouldLetTheLaterWriteWinWhoeverWroteIt() throws Exception {
    for (int last = 0; last < mesh.size(); last++) {
      for (int i = 1; i <= mesh.size(); i++) {
        int node = (last + i) % mesh.size();
        writeStamped(node, "SET", "same:" + last, "by " + node);
      }
    }
    for (int last = 0; last < mesh.size(); last++) {
      awaitEverywhere("by " + last, "GET", "same:" + last);
    }
  }

  @Test
  void shouldHealAfterAPartitionInAnyDatabase() throws Exception {
    selectEverywhere("5");
    client(1).require("SET", "cut:deleted", "before");
    awaitEverywhere("before", "GET", "cut:deleted");
    linksOfLast().forEach(FaultyProxy::cut);
    writeApart(client(LAST), "alone", "5");
    writeApart(client(0), "others", "7");
    client(LAST).require("DEL", "cut:deleted");
    writeStamped(LAST, "SET", "cut:later", "alone");
    client(0).require("SET", "cut:later", "others");
    awaitOn(2, "others", "GET", "cut:later");
    assertThat(client(LAST).requireText("GET", "cut:later")).isEqualTo("alone");
    linksOfLast().forEach(FaultyProxy::restore);
    awaitEverywhere("12", "GET", "cut:n");
    awaitEverywhere("others", "GET", "cut:later");
    awaitEverywhere("2", "HLEN", "cut:hash");
    awaitEverywhere("", "GET", "cut:deleted");
    selectEverywhere("0");
    assertEverywhere("0", "EXISTS", "cut:n");
  }

  private static void writeApart(ServerConnection client, String name, String count)
      throws IOException {
    client.require("INCRBY", "cut:n", count);
    client.require("HSET", "cut:hash", name, "1");
  }

  private static Stream<FaultyProxy> linksOfLast() {
    return Stream.of(0, 1, 2)
        .flatMap(node -> Stream.of(mesh.link(node, LAST), mesh.link(LAST, node)));
  }

  /**
   * The agents stand still, as if their hosts did: their connections are there, they say nothing.
   */
  @Test
  void shouldLetWaitCountTheAgentsThatAnswer() throws Exception {
    client(0).require("SET", "waited", "1");
    assertThat(client(0).require("WAIT", "4", "10000")).isEqualTo(4L);
    for (int node = 1; node < mesh.size(); node++) {
      mesh.agent(node).suspend();
    }
    client(0).require("SET", "waited", "2");
    Object count = client(0).require("WAIT", "2", "300");
    for (int node = 1; node < mesh.size(); node++) {
      mesh.agent(node).resume();
    }
    assertThat(count).as("its own agent").isEqualTo(1L);
    assertThat(client(0).require("WAIT", "4", "10000")).isEqualTo(4L);
  }

  @Test
  void shouldCountInWaitWhatIsSyncedWhereThatIsAskedFor() throws Exception {
    long before = streamEnd(0);
    client(0).require("SET", "synced", "v".repeat(VALUE_BYTES));
    assertThat(client(0).require("WAIT", "4", "10000")).isEqualTo(4L);
    assertThat(durable(1, 0)).as("journal-sync always").isGreaterThan(before + VALUE_BYTES);
  }

  @Test
  void shouldCountInWaitaofWhatIsSynced() throws Exception {
    assumeWaitaof();
    long before = streamEnd(1);
    client(1).require("SET", "synced", "v".repeat(VALUE_BYTES));
    assertThat(client(1).require("WAITAOF", "0", "3", "10000")).isEqualTo(List.of(0L, 3L));
    for (int node = 0; node < LAST; node++) {
      assertThat(durable(node, 1)).as(SYNC.get(node)).isGreaterThan(before + VALUE_BYTES);
    }
    assertThat(client(1).require("WAITAOF", "0", "4", "300"))
        .as("one has journal-sync no")
        .isEqualTo(List.of(0L, 3L));
    assertThat(client(1).require("WAIT", "4", "10000")).isEqualTo(4L);
  }

  /** Then nobody writes heartbeats: what is synced has to be told though nothing comes. */
  @Test
  void shouldTellWaitaofWhatIsSyncedThoughTheServersOwnAgentStandsStill() throws Exception {
    assumeWaitaof();
    mesh.agent(1).suspend();
    client(1).require("SET", "silent", "1");
    Object counts = client(1).require("WAITAOF", "0", "2", "6000");
    mesh.agent(1).resume();
    assertThat(counts).isEqualTo(List.of(0L, 2L));
  }

  /** Neither the server beside the journal had it yet, nor is its origin there to be asked. */
  @Test
  void shouldApplyFromItsJournalWhatWaitHadCounted() throws Exception {
    mesh.server(LAST).pause();
    client(0).require("SET", "journaled", "1");
    assertThat(client(0).require("WAIT", "4", "10000")).isEqualTo(4L);
    RealMesh.pause(50);
    linksOfLast().forEach(FaultyProxy::cut);
    mesh.agent(LAST).kill();
    mesh.server(LAST).resume();
    assertThat(client(LAST).requireText("GET", "journaled")).isEmpty();
    mesh.agent(LAST).start();
    awaitOn(LAST, "1", "GET", "journaled");
  }

  private static void assumeWaitaof() throws IOException {
    Object reply = client(1).call("WAITAOF", "0", "0", "0");
    assumeFalse(reply instanceof ServerError, "skipped: no Valkey, see CONTRIBUTING.md");
  }

  private static long streamEnd(int node) throws IOException {
    return number(client(node).requireText("INFO", "replication"), "master_repl_offset:(\\d+)");
  }

  /** How much of a node's stream an agent says to have on its disk. */
  private static long durable(int agent, int node) throws IOException {
    try (ServerConnection control = mesh.agent(agent).connect()) {
      String journals = control.requireText("JOURNAL", "STAT");
      String name = "\"node\":\"" + RealMesh.nodeId(node) + "\"";
      return number(journals, name + ".*?\"durable_offset\":(\\d+)");
    }
  }

  private static long number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  /** What is written later anywhere has a later stamp: time counts from when the agent saw it. */
  private static void writeStamped(int node, String... command) throws IOException {
    client(node).send(command);
    client(node).send("INFO", "replication");
    String info = ServerConnection.text(client(node).receiveAll().get(1));
    long end = number(info, "master_repl_offset:(\\d+)");
    try (ServerConnection server = mesh.server(node).connect()) {
      long deadline = System.nanoTime() + SOON.toNanos();
      while (number(server.requireText("HGET", "__norn", "t"), "\\d+ \\S+ (\\d+)") < end) {
        assertThat(System.nanoTime()).as("not stamped up to %d", end).isLessThan(deadline);
        RealMesh.pause(1);
      }
    }
  }

  private static ServerConnection client(int node) {
    return CLIENTS.get(node);
  }

  private static void selectEverywhere(String db) throws IOException {
    for (ServerConnection client : CLIENTS) {
      client.require("SELECT", db);
    }
  }

  /** All that was written before has been read and applied by all: a second time would show. */
  private static void awaitAllToBePassed() throws IOException {
    for (int node = 0; node < mesh.size(); node++) {
      client(node).require("INCR", "passed:" + node);
      String count = client(node).requireText("GET", "passed:" + node);
      awaitEverywhere(count, "GET", "passed:" + node);
    }
  }

  private static void awaitEverywhere(String expected, String... command) throws IOException {
    for (int node = 0; node < mesh.size(); node++) {
      awaitOn(node, expected, command);
    }
  }

  private static void awaitOn(int node, String expected, String... command) throws IOException {
    long deadline = System.nanoTime() + SOON.toNanos();
    String found = client(node).requireText(command);
    while (!found.equals(expected) && System.nanoTime() < deadline) {
      RealMesh.pause(2);
      found = client(node).requireText(command);
    }
    if (!found.equals(expected)) {
      String place = String.join(" ", command) + " on " + RealMesh.nodeId(node);
      assertThat(found).as("%s%s", place, mesh.report()).isEqualTo(expected);
    }
  }

  private static void assertEverywhere(String expected, String... command) throws IOException {
    for (ServerConnection client : CLIENTS) {
      assertThat(client.requireText(command)).as("%s", client.endpoint()).isEqualTo(expected);
    }
  }
}

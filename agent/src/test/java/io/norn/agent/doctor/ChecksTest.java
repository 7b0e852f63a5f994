package io.norn.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.ConfigException;
import io.norn.agent.doctor.Finding.Severity;
import io.norn.agent.node.NodeRecord;
import io.norn.net.Address;
import io.norn.psync.PrimaryInfo;
import io.norn.stream.VersionVector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChecksTest {
  private static final Address OWN = new Address("127.0.0.1", 6379);
  private static final Address B = new Address("10.0.0.3", 6379);
  private static final Address C = new Address("10.0.0.4", 6379);
  private static final String GOOD_INFO =
      "valkey_version:8.0.1\nrole:master\nrun_id:r1\ncluster_enabled:0\n";

  private final Findings findings = new Findings();

  private static Map<String, String> goodConfig() {
    Map<String, String> config = new HashMap<>();
    config.put("repl-backlog-size", "67108864");
    config.put("repl-backlog-ttl", "0");
    config.put(
        "client-output-buffer-limit",
        "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60");
    config.put("notify-keyspace-events", "xeE");
    config.put("maxmemory", "1000000");
    config.put("maxmemory-policy", "noeviction");
    config.put("save", "3600 1");
    config.put("appendonly", "no");
    config.put("min-replicas-to-write", "0");
    return config;
  }

  private static ServerFacts own(Map<String, String> config) {
    return facts(OWN, GOOD_INFO, config, 0, Map.of(), List.of());
  }

  private static ServerFacts facts(
      Address address,
      String info,
      Map<String, String> config,
      long aheadMillis,
      Map<String, String> fields,
      List<String> denied) {
    return new ServerFacts(
        address,
        PrimaryInfo.parse(info),
        config,
        OptionalLong.of(aheadMillis),
        new NodeRecord(fields, VersionVector.EMPTY, Map.of()),
        denied);
  }

  private static AgentConfig config() {
    try {
      return AgentConfig.load(List.of("--node-id", "a", "--local", "127.0.0.1", "6379"));
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ServerFacts peer(Address address, String run, String... pairs) {
    Map<String, String> fields = new HashMap<>();
    fields.put(NodeRecord.STREAM, "s");
    fields.put(NodeRecord.FORMAT, NodeRecord.CURRENT_FORMAT);
    fields.put(NodeRecord.FOLLOWS, "a");
    fields.put(NodeRecord.POLICIES, config().policies().shared());
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(pairs[i], pairs[i + 1]);
    }
    return facts(address, "run_id:" + run + "\n", Map.of(), 0, fields, List.of());
  }

  private void assertFound(Severity severity, String problem, String remedy) {
    assertThat(findings.sorted())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.severity()).isEqualTo(severity);
              assertThat(found.problem()).contains(problem);
              assertThat(found.remedy()).contains(remedy);
            });
  }

  @Test
  void shouldFindNothingWrongWithAGoodServer() {
    new OwnServerChecks(own(goodConfig()), findings).run();
    new AnyServerChecks(own(goodConfig()), "", 1000, findings).run();
    assertThat(findings.sorted()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repl-backlog-size | 1048576 | WARNING | 1024 KB | CONFIG SET repl-backlog-size 64mb",
        "repl-backlog-ttl | 3600 | NOTE | 3600 s | CONFIG SET repl-backlog-ttl 0",
        "client-output-buffer-limit | slave 1048576 0 0 | WARNING | 1 MB | \"replica 256mb",
        "notify-keyspace-events | '' | NOTE | '' | CONFIG SET notify-keyspace-events Exe",
        "notify-keyspace-events | Kx | NOTE | Kx | CONFIG SET notify-keyspace-events KxEe",
        "notify-keyspace-events | KA | NOTE | KA | CONFIG SET notify-keyspace-events KAE",
        "maxmemory-policy | allkeys-lru | WARNING | allkeys-lru | maxmemory-policy volatile-lru",
        "save | '' | NOTE | nothing on disk | CONFIG SET appendonly yes",
        "min-replicas-to-write | 2 | NOTE | agents count | set it to 0"
      })
  void shouldFindEachSettingThatIsNotGood(
      String name, String value, Severity severity, String problem, String remedy) {
    Map<String, String> config = goodConfig();
    config.put(name, value);
    new OwnServerChecks(own(config), findings).run();
    assertFound(severity, problem, remedy);
  }

  @Test
  void shouldNotGuessWhatItMayNotSee() {
    new OwnServerChecks(own(Map.of()), findings).run();
    assertThat(findings.sorted()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role:slave\\nmaster_host:10.0.0.9\\nmaster_port:1 | replica of 10.0.0.9:1",
        "role:master\\ncluster_enabled:1 | cluster mode"
      })
  void shouldFindServersThatCannotBeUsed(String info, String problem) {
    String lines = info.replace("\\n", "\n");
    new OwnServerChecks(facts(OWN, lines, goodConfig(), 0, Map.of(), List.of()), findings).run();
    assertFound(Severity.ERROR, problem, "");
  }

  @ParameterizedTest
  @CsvSource({
    "valkey_version:7.2.0, false",
    "redis_version:7.0.15, false",
    "redis_version:6.2.14, true",
    "x:1, true"
  })
  void shouldFindServersThatAreTooOld(String info, boolean isFound) {
    new AnyServerChecks(facts(B, info, Map.of(), 0, Map.of(), List.of()), "", 1000, findings).run();
    assertThat(findings.sorted()).hasSize(isFound ? 1 : 0);
  }

  @Test
  void shouldNameMissingRightsAndTheWholeCommandThatGivesThem() {
    ServerFacts facts = facts(B, GOOD_INFO, Map.of(), 0, Map.of(), List.of("PSYNC ?", "HSET k"));
    new AnyServerChecks(facts, "norn", 1000, findings).run();
    assertFound(
        Severity.ERROR,
        "user 'norn' may not use PSYNC ?, HSET k",
        "valkey-cli -h 10.0.0.3 -p 6379 ACL SETUSER norn ~* &__norn");
  }

  @ParameterizedTest
  @CsvSource({"900, ''", "-900, ''", "5000, ahead of", "-5000, behind"})
  void shouldFindClocksThatAreApart(long aheadMillis, String problem) {
    ServerFacts facts = facts(B, GOOD_INFO, Map.of(), aheadMillis, Map.of(), List.of());
    new AnyServerChecks(facts, "", 1000, findings).run();
    if (problem.isEmpty()) {
      assertThat(findings.sorted()).isEmpty();
    } else {
      assertFound(Severity.WARNING, problem, "chronyc");
    }
  }

  private void mesh(ServerFacts... peers) {
    new MeshChecks(config(), findings).run(own(goodConfig()), List.of(peers));
  }

  @Test
  void shouldFindNothingWrongWithAGoodMesh() {
    mesh(peer(B, "r2", "node", "b"), peer(C, "r3", "node", "c", "p", "?,b"));
    assertThat(findings.sorted()).isEmpty();
  }

  @Test
  void shouldFindNamesThatAreTakenTwice() {
    mesh(peer(B, "r2", "node", "b"), peer(C, "r3", "node", "b"));
    assertFound(Severity.ERROR, "'b' is taken twice: by 10.0.0.3:6379", "node-id");
  }

  @Test
  void shouldFindAPeerWithTheOwnName() {
    mesh(peer(B, "r2", "node", "a"));
    assertFound(Severity.ERROR, "'a' is taken twice: by this node", "node-id");
  }

  @Test
  void shouldFindTwoAddressesOfOneServer() {
    mesh(peer(B, "r2", "node", "b"), peer(C, "r2", "node", "b"));
    assertFound(Severity.ERROR, "same server as 10.0.0.3:6379", "peer remove 10.0.0.4 6379");
  }

  @Test
  void shouldFindAPeerThatIsTheOwnServer() {
    mesh(peer(B, "r1", "node", "a"));
    assertFound(Severity.ERROR, "same server as 127.0.0.1:6379", "peer remove 10.0.0.3 6379");
  }

  @Test
  void shouldFindPeersWithoutAgent() {
    mesh(facts(B, "run_id:r2\n", Map.of(), 0, Map.of(), List.of()));
    assertFound(Severity.ERROR, "no agent", "norn agent");
  }

  @Test
  void shouldFindPeersThatDoNotFollowBack() {
    mesh(peer(B, "r2", "node", "b", "p", "c", "address", "10.0.0.3:7379"));
    assertFound(Severity.WARNING, "does not follow", "norn -a 10.0.0.3:7379 peer add");
  }

  @Test
  void shouldFindPoliciesAndFormatsThatDiffer() {
    mesh(peer(B, "r2", "node", "b", NodeRecord.POLICIES, "conflict-policy x", "format", "9"));
    assertThat(findings.sorted()).hasSize(2).allMatch(Finding::isWrong);
  }

  @Test
  void shouldFindDataOfAnotherNode() {
    ServerFacts foreign =
        facts(OWN, GOOD_INFO, goodConfig(), 0, Map.of("node", "z", "s", "x"), List.of());
    new MeshChecks(config(), findings).run(foreign, List.of());
    assertFound(Severity.ERROR, "data of node 'z'", "DEL __norn __norn:v");
  }

  @Test
  void shouldFindFullDisks() {
    HostChecks host = new HostChecks(config(), findings);
    host.disk(Path.of("/x"), 100L << 30);
    assertThat(findings.sorted()).isEmpty();
    host.disk(Path.of("/x"), 100L << 20);
    assertFound(Severity.ERROR, "100 MB free at /x", "free space");
  }

  @Test
  void shouldWarnOfDisksThatTheJournalMayFill() {
    new HostChecks(config(), findings).disk(Path.of("/x"), 4L << 30);
    assertFound(Severity.NOTE, "less than journal-max-size", "journal-max-size 1920mb");
  }

  @Test
  void shouldAdviseTheRightsThatAreDocumented() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "security.md"));
    assertThat(page.replaceAll("\\\\\n\\s+", "")).contains("SECRET " + AnyServerChecks.ACL + "\n");
  }

  @Test
  void shouldShowTheWorstFirst() {
    findings.note("a", "n", "");
    findings.warning("a", "w", "");
    findings.error("a", "e", "");
    assertThat(findings.sorted()).extracting(Finding::problem).containsExactly("e", "w", "n");
  }
}

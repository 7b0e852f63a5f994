package io.norn.agent.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.KeyRule;
import io.norn.command.MergePolicy;
import io.norn.net.Address;
import io.norn.net.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigTest {
  @TempDir Path directory;

  @Test
  void shouldNeedNothingButTheLocalServer() throws ConfigException {
    AgentConfig config = options("--local 127.0.0.1 6379");
    assertThat(config.identity().nodeId()).isEqualTo("db-1-example-com");
    assertThat(config.listen().port()).isEqualTo(7379);
    assertThat(config.listen().bind()).containsExactly("127.0.0.1");
    assertThat(config.listen().password().isNone()).isTrue();
    assertThat(config.listen().announced()).isEqualTo(new Address("127.0.0.1", 7379));
    assertThat(config.listen().limits().protection()).isEqualTo(Listen.Protection.ON);
    assertThat(config.directory()).isEqualTo(Path.of("norn-data").toAbsolutePath());
    assertThat(config.local().credentials()).isEqualTo(Credentials.NONE);
    assertThat(config.peers().addresses()).isEmpty();
    assertThat(config.journal())
        .isEqualTo(
            new JournalConfig(JournalConfig.Sync.EVERYSEC, 8L << 30, 604_800_000, 256 << 20));
    assertThat(config.timing()).isEqualTo(new Timing(1000, 30_000, 1000));
    assertThat(config.policies())
        .isEqualTo(
            new Policies(
                Policies.InitialSync.PREFER_PEER,
                MergePolicy.DEFAULT,
                "conflict-policy lww, ttl-policy last, replicate-flush yes,"
                    + " replicate-evictions no"));
    assertThat(config.logLevel()).isEqualTo(LogLevel.INFO);
  }

  @Test
  void shouldReadPolicies() throws Exception {
    Path file =
        file(
            "local 127.0.0.1 6379",
            "conflict-policy observed-remove",
            "ttl-policy longest",
            "replicate-flush no",
            "replicate-evictions yes",
            "prefix-policy tmp: ignore",
            "prefix-policy \"a b\" LWW",
            "prefix-policy tmp:here: site-local");
    Policies policies = AgentConfig.load(List.of(file.toString())).policies();
    assertThat(policies.shared())
        .isEqualTo(
            "conflict-policy observed-remove, ttl-policy longest, replicate-flush no,"
                + " replicate-evictions yes, prefix-policy \"a b\" lww,"
                + " prefix-policy tmp: ignore, prefix-policy tmp:here: site-local");
    MergePolicy merge = policies.merge();
    assertThat(merge.options()).containsExactlyInAnyOrder(MergePolicy.Option.values());
    assertThat(merge.ruleOf("tmp:x".getBytes(UTF_8))).isEqualTo(KeyRule.IGNORE);
    assertThat(merge.ruleOf("tmp:here:x".getBytes(UTF_8))).isEqualTo(KeyRule.SITE_LOCAL);
    assertThat(merge.ruleOf("a bc".getBytes(UTF_8))).isEqualTo(KeyRule.LWW);
    assertThat(merge.ruleOf("tmp".getBytes(UTF_8))).isEqualTo(KeyRule.OBSERVED_REMOVE);
  }

  @Test
  void shouldReadAFileOfKeyDb() throws Exception {
    Path file =
        file(
            "active-replica yes",
            "multi-master yes",
            "local 127.0.0.1 6379",
            "slaveof 10.0.0.3 6379",
            "REPLICAOF Host-B.example 6380 # the other site",
            "replicaof 10.0.0.3 6379",
            "masteruser norn",
            "masterauth \"se cret\"");
    AgentConfig config = AgentConfig.load(List.of(file.toString(), "--node-id", "a"));
    assertThat(config.peers().addresses())
        .containsExactly(new Address("10.0.0.3", 6379), new Address("host-b.example", 6380));
    assertThat(config.peers().endpoint(new Address("new", 1)).credentials())
        .isEqualTo(new Credentials("norn", "se cret"));
  }

  @Test
  void shouldLetOptionsOverrideTheFileAndAddPeers() throws Exception {
    Path file =
        file("local 127.0.0.1 6379", "port 1", "port 7000", "replicaof b 1", "bind 127.0.0.1");
    AgentConfig config =
        AgentConfig.load(
            List.of(
                file.toString(),
                "--node-id",
                "x",
                "--PORT",
                "7001",
                "--replicaof",
                "c 2",
                "--bind",
                "*",
                "::1",
                "--announce-ip",
                "203.0.113.7"));
    assertThat(config.listen().port()).isEqualTo(7001);
    assertThat(config.listen().bind()).containsExactly("*", "::1");
    assertThat(config.listen().announced()).isEqualTo(new Address("203.0.113.7", 7001));
    assertThat(config.peers().addresses())
        .containsExactly(new Address("b", 1), new Address("c", 2));
    AgentConfig none =
        AgentConfig.load(List.of(file.toString(), "--node-id", "x", "--replicaof", "no", "one"));
    assertThat(none.peers().addresses()).isEmpty();
  }

  @Test
  void shouldReplaceUserAndPasswordOfSinglePeersApart() throws ConfigException {
    PeersConfig peers =
        options(
                "--local l 1",
                "--masteruser norn",
                "--masterauth secret",
                "--peer-auth b 1 other",
                "--peer-user c 1 carol",
                "--peer-auth d 1 pw",
                "--peer-user d 1 dora")
            .peers();
    assertThat(peers.endpoint(new Address("a", 1)).credentials())
        .isEqualTo(new Credentials("norn", "secret"));
    assertThat(peers.endpoint(new Address("b", 1)).credentials())
        .isEqualTo(new Credentials("norn", "other"));
    assertThat(peers.endpoint(new Address("c", 1)).credentials())
        .isEqualTo(new Credentials("carol", "secret"));
    assertThat(peers.endpoint(new Address("d", 1)).credentials())
        .isEqualTo(new Credentials("dora", "pw"));
  }

  @Test
  void shouldUseTlsOnlyWhereAskedFor() throws Exception {
    Path ca = Files.writeString(directory.resolve("ca.crt"), "");
    AgentConfig config =
        options("--local l 1", "--tls-replication yes", "--tls-ca-cert-file " + ca);
    assertThat(config.local().tls()).isEmpty();
    assertThat(config.peers().endpoint(new Address("b", 1)).tls().orElseThrow().caCertFile())
        .contains(ca);
  }

  @Test
  void shouldShowEveryDirectiveButNoPassword() throws ConfigException {
    AgentConfig config =
        options(
            "--local l 1",
            "--local-auth s3cret",
            "--requirepass s3cret",
            "--masterauth s3cret",
            "--peer-auth b 1 s3cret",
            "--replicaof b 1",
            "--replicaof c 2");
    assertThat(config.directives())
        .containsEntry("local", "l 1")
        .containsEntry("local-auth", "***")
        .containsEntry("peer-auth", "b 1 ***")
        .containsEntry("replicaof", "b 1, c 2")
        .containsEntry("journal-max-size", "8gb")
        .containsEntry("node-id", "db-1-example-com")
        .hasSize(DirectiveTable.all().size());
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @Test
  void shouldAcceptTheSampleAndNameAllDirectivesInIt() throws Exception {
    Path sample = Path.of("../examples/norn.conf");
    AgentConfig config = AgentConfig.conclude(ConfigFile.read(sample), "node-1");
    assertThat(config.local().address()).isEqualTo(new Address("127.0.0.1", 6379));
    String text = Files.readString(sample);
    for (DirectiveSpec spec : DirectiveTable.all()) {
      assertThat(text).containsPattern("(?m)^(# )?" + spec.name() + " ");
      if (!spec.defaultValue().isEmpty()) {
        assertThat(text).contains(spec.name() + " " + spec.defaultValue() + "\n");
      }
    }
  }

  private Path file(String... lines) throws IOException {
    return Files.write(directory.resolve("norn.conf"), List.of(lines));
  }

  private static AgentConfig options(String... options) throws ConfigException {
    List<String> words = new ArrayList<>();
    for (String option : options) {
      words.addAll(Arrays.asList(option.split(" ", -1)));
    }
    return AgentConfig.conclude(Arguments.parse(words).directives(), "DB_1.example.com");
  }
}

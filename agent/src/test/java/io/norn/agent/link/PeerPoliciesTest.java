package io.norn.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.agent.node.NodeRecord;
import io.norn.stream.VersionVector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerPoliciesTest {
  private final PeerPolicies policies = new PeerPolicies("conflict-policy lww");

  @Test
  void shouldTakeThemForTheSameUntilThePeerSaysOtherwise() {
    assertThat(policies.status()).isEqualTo("same");

    policies.check(record(Map.of(NodeRecord.NODE, "b")));

    assertThat(policies.status()).isEqualTo("same");
  }

  @Test
  void shouldTellWhatThePeerHasInItsRecord() {
    policies.check(
        record(
            Map.of(NodeRecord.NODE, "b", NodeRecord.POLICIES, "conflict-policy observed-remove")));

    assertThat(policies.status()).isEqualTo("differ (conflict-policy observed-remove)");
  }

  @Test
  void shouldFollowWhatThePeerWritesWhenItStartsAgain() {
    hear("HSET", "__norn", "node", "b", "c", "ttl-policy longest");
    assertThat(policies.status()).isEqualTo("differ (ttl-policy longest)");

    hear("HSET", "__norn", "node", "b", "c", "conflict-policy lww");

    assertThat(policies.status()).isEqualTo("same");
  }

  @Test
  void shouldNotListenToOtherKeysAndFields() {
    hear("HSET", "user:1", "c", "ttl-policy longest");
    hear("HSET", "__norn", "t", "c", "node", "b");
    hear("SET", "__norn", "c");

    assertThat(policies.status()).isEqualTo("same");
  }

  private void hear(String... command) {
    policies.check(
        "b",
        Arrays.stream(command)
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  private static NodeRecord record(Map<String, String> fields) {
    return new NodeRecord(fields, VersionVector.EMPTY, Map.of());
  }
}

package io.norn.agent.join;

import io.norn.agent.join.FirstContact.Local;
import io.norn.command.Bytes;
import io.norn.merge.SnapshotKey;
import io.norn.rdb.PayloadDecoder;
import io.norn.rdb.ValueState;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Whether two servers' values of a key can both be kept. */
final class Conflict {
  private Conflict() {}

  /** True if one of the two has to be chosen, for the key, for a part of it or for its expiry. */
  static boolean isBetween(SnapshotKey peer, Local local) throws IOException {
    if (peer.payload() == null || local.payload() == null) {
      return false;
    }
    if (Math.max(0, peer.expiryMillis()) != Math.max(0, local.expiryMillis())) {
      return true;
    }
    return !Arrays.equals(peer.payload(), local.payload())
        && !areUnited(
            PayloadDecoder.decode(peer.payload()), PayloadDecoder.decode(local.payload()));
  }

  private static boolean areUnited(ValueState one, ValueState other) {
    if (one instanceof ValueState.HashValue a && other instanceof ValueState.HashValue b) {
      return agree(fields(a), fields(b));
    }
    if (one instanceof ValueState.ZSetValue a && other instanceof ValueState.ZSetValue b) {
      return agree(scores(a), scores(b));
    }
    return one instanceof ValueState.SetValue && other instanceof ValueState.SetValue;
  }

  private static <T> boolean agree(Map<Bytes, T> one, Map<Bytes, T> other) {
    return one.entrySet().stream()
        .allMatch(
            entry -> other.getOrDefault(entry.getKey(), entry.getValue()).equals(entry.getValue()));
  }

  private static Map<Bytes, Bytes> fields(ValueState.HashValue hash) {
    Map<Bytes, Bytes> fields = new HashMap<>();
    hash.fields().forEach(field -> fields.put(new Bytes(field.name()), new Bytes(field.value())));
    return fields;
  }

  private static Map<Bytes, Double> scores(ValueState.ZSetValue zset) {
    Map<Bytes, Double> scores = new HashMap<>();
    zset.members().forEach(member -> scores.put(new Bytes(member.name()), member.score()));
    return scores;
  }
}

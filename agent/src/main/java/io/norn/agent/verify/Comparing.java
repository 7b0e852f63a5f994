package io.norn.agent.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Compares keys on all nodes without more ado: what is equal is equal, the rest is suspect. Only
 * values of which the bytes differ are taken apart.
 */
final class Comparing {
  private static final int KEYS_AT_ONCE = 200;

  private final List<VerifiedNode> nodes;

  Comparing(List<VerifiedNode> nodes) {
    this.nodes = nodes;
  }

  /** Those of the suspects that are not the same everywhere. */
  List<Suspect> differing(int db, List<Suspect> suspects) throws IOException {
    return suspects(db, suspects.stream().map(Suspect::key).toList());
  }

  /** Those of the keys that are not the same everywhere. */
  List<Suspect> suspects(int db, List<byte[]> keys) throws IOException {
    List<Suspect> differing = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
      compare(db, keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE)), differing);
    }
    return differing;
  }

  private void compare(int db, List<byte[]> keys, List<Suspect> differing) throws IOException {
    List<byte[]> otherBytes = differing(db, keys, Canonical::ofBytes);
    if (!otherBytes.isEmpty()) {
      differing(db, otherBytes, Canonical::ofValue)
          .forEach(key -> differing.add(new Suspect(db, key)));
    }
  }

  private List<byte[]> differing(int db, List<byte[]> keys, VerifiedNode.Digest digest)
      throws IOException {
    for (VerifiedNode node : nodes) {
      node.select(db);
      node.sendFingerprints(keys);
    }
    List<Fingerprint> first = null;
    boolean[] differs = new boolean[keys.size()];
    for (VerifiedNode node : nodes) {
      List<Fingerprint> seen = node.receiveFingerprints(keys.size(), digest);
      first = first == null ? seen : first;
      for (int i = 0; i < differs.length; i++) {
        differs[i] |= !Objects.equals(first.get(i), seen.get(i));
      }
    }
    List<byte[]> differing = new ArrayList<>();
    for (int i = 0; i < differs.length; i++) {
      if (differs[i]) {
        differing.add(keys.get(i));
      }
    }
    return differing;
  }
}

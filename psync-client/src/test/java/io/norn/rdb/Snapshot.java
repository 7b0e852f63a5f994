package io.norn.rdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that a snapshot held. */
final class Snapshot implements RdbHandler {
  final List<KeyEntry> keys = new ArrayList<>();
  final List<byte[]> functions = new ArrayList<>();
  final List<String> leftOut = new ArrayList<>();
  final Map<String, String> aux = new LinkedHashMap<>();

  static Snapshot of(Path file, int targetVersion) throws IOException {
    Snapshot snapshot = new Snapshot();
    RdbReader.read(file, new RdbTarget(targetVersion), snapshot);
    return snapshot;
  }

  KeyEntry key(String name) {
    return keys.stream()
        .filter(entry -> new String(entry.key(), StandardCharsets.UTF_8).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no key " + name));
  }

  boolean isEmpty() {
    return keys.isEmpty() && functions.isEmpty() && leftOut.isEmpty() && aux.isEmpty();
  }

  @Override
  public void key(KeyEntry entry) {
    keys.add(entry);
  }

  @Override
  public void function(byte[] payload) {
    functions.add(payload);
  }

  @Override
  public void leftOut(String what) {
    leftOut.add(what);
  }

  @Override
  public void aux(String name, String value) {
    aux.put(name, value);
  }
}

package io.norn.sim.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/** Decides whether a mesh that has come to rest is as it must be. */
final class Judge {
  private final Mesh mesh;
  private final List<SimNode> nodes;
  private final Clients clients;

  Judge(Mesh mesh, List<SimNode> nodes, Clients clients) {
    this.mesh = mesh;
    this.nodes = nodes;
    this.clients = clients;
  }

  void judge() {
    List<StampedOp> ops = new ArrayList<>();
    for (SimNode node : nodes) {
      ops.addAll(
          new StreamHistory(
                  node.stream().node(),
                  node.stream().stream(),
                  node.server().model().stream().entries())
              .ops());
    }
    SortedMap<String, String> first = dump(nodes.get(0));
    for (SimNode node : nodes.subList(1, nodes.size())) {
      compare(
          "servers differ",
          nodes.get(0).stream().node(),
          first,
          node.stream().node(),
          dump(node),
          ops);
    }
    SortedMap<String, String> expected =
        new Oracle(ops, nodes.get(0).server().model().nowMillis()).result();
    compare(
        "not the effect of all operations in stamp order",
        "servers",
        first,
        "expected",
        expected,
        ops);
    checkCounters(first);
    checkFailures();
    checkWindows();
  }

  private static SortedMap<String, String> dump(SimNode node) {
    return node.server().model().dump();
  }

  private void checkCounters(SortedMap<String, String> data) {
    for (Map.Entry<String, Long> counter : clients.acknowledged().entrySet()) {
      String value = data.getOrDefault(counter.getKey(), "");
      String sum = Long.toString(counter.getValue());
      if (!value.contains(":" + sum + " ")) {
        mesh.fail(counter.getKey() + " is " + value + ", acknowledged increments sum up to " + sum);
      }
    }
  }

  private void checkFailures() {
    if (!mesh.failedCommands().isEmpty()) {
      mesh.fail("refused inside a transaction: " + mesh.failedCommands());
    }
  }

  /** After the last round nobody may remember more than that round. */
  private void checkWindows() {
    for (SimNode node : nodes) {
      int entries = node.agent().state().window().entryCount();
      if (entries > nodes.size()) {
        mesh.fail(node.stream() + " still remembers " + entries + " operations");
      }
    }
  }

  private void compare(
      String what,
      String leftName,
      SortedMap<String, String> left,
      String rightName,
      SortedMap<String, String> right,
      List<StampedOp> ops) {
    if (left.equals(right)) {
      return;
    }
    TreeSet<String> keys = new TreeSet<>(left.keySet());
    keys.addAll(right.keySet());
    keys.removeIf(key -> left.getOrDefault(key, "").equals(right.getOrDefault(key, "")));
    StringBuilder text = new StringBuilder(what);
    for (String key : keys) {
      text.append("\n").append(key);
      text.append("\n  ").append(leftName).append(": ").append(left.get(key));
      text.append("\n  ").append(rightName).append(": ").append(right.get(key));
      ops.stream()
          .sorted()
          .filter(op -> touches(op, key))
          .forEach(op -> text.append("\n    ").append(op));
    }
    mesh.fail(text.toString());
  }

  private static boolean touches(StampedOp op, String key) {
    int colon = key.indexOf(':');
    return op.database() == Integer.parseInt(key.substring(0, colon))
        && op.words().contains(key.substring(colon + 1));
  }
}

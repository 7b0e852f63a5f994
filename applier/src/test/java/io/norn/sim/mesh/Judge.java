package io.norn.sim.mesh;

import io.norn.apply.ExecRequest;
import io.norn.command.DbKey;
import io.norn.command.MergePolicy;
import io.norn.sim.model.StreamEntry;
import io.norn.sim.model.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides whether a mesh that has come to rest is as it must be. */
final class Judge {
  private static final Set<String> OPAQUE =
      Set.of(
          "APPEND",
          "LPUSH",
          "RPUSH",
          "LPUSHX",
          "LPOP",
          "RPOP",
          "LMOVE",
          "RPOPLPUSH",
          "LINSERT",
          "LSET",
          "LREM",
          "LTRIM",
          "ZPOPMIN",
          "ZPOPMAX",
          "ZREMRANGEBYRANK",
          "ZREMRANGEBYSCORE");

  private static final Set<String> OF_TWO_KEYS = Set.of("LMOVE", "RPOPLPUSH");

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
    List<StampedOp> plain = new ArrayList<>();
    for (SimNode node : nodes) {
      List<StreamEntry> entries = node.server().model().stream().entries();
      List<StampedOp> own =
          new StreamHistory(node.stream().node(), node.stream().stream(), entries).ops();
      StoreResults results = new StoreResults(entries, own);
      ops.addAll(own);
      own.forEach(op -> plain.addAll(results.split(op)));
    }
    ops.forEach(mesh.stamps()::check);
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
    if (mesh.plan().policy().equals(MergePolicy.DEFAULT)) {
      checkOrder(ops, plain, first);
    } else {
      checkPolicy(ops, first);
    }
    nodes.forEach(this::checkVector);
    checkCounters(first);
    checkFailures(unforeseen(ops));
    checkWindows();
    checkQueues();
  }

  private void checkOrder(
      List<StampedOp> ops, List<StampedOp> plain, SortedMap<String, String> data) {
    SortedMap<String, String> first = new TreeMap<>(data);
    SortedMap<String, String> expected =
        new Oracle(plain, nodes.get(0).server().model().nowMillis()).result();
    Set<String> emptied = emptied(ops);
    opaque(ops).forEach(key -> forget(key, first, expected));
    compare(
        "not the effect of all operations in stamp order",
        "servers",
        withoutExpiry(first, emptied),
        "expected",
        withoutExpiry(expected, emptied),
        ops);
  }

  private void checkPolicy(List<StampedOp> ops, SortedMap<String, String> data) {
    PolicyOracle oracle = new PolicyOracle(ops, mesh.plan().policy());
    SortedMap<String, String> expected = oracle.elements();
    compare(
        "not what the policy leaves",
        "servers",
        oracle.elementsOf(data, expected.keySet()),
        "expected",
        expected,
        ops);
    SortedMap<String, String> expiries = oracle.expiries();
    compare(
        "not the time to live of the policy",
        "servers",
        PolicyOracle.expiriesOf(data, expiries.keySet()),
        "expected",
        expiries,
        ops);
  }

  /**
   * Keys of which elements were removed: one node may have seen them empty, and their time to live
   * gone, where another did not. What becomes of it is the same everywhere, but not always what the
   * stamp order says.
   */
  private static Set<String> emptied(List<StampedOp> ops) {
    Set<String> keys = new HashSet<>();
    for (StampedOp op : ops) {
      if (List.of("HDEL", "SREM", "ZREM").contains(op.words().get(0).toUpperCase(Locale.ROOT))) {
        keys.add(op.database() + ":" + op.words().get(1));
      }
    }
    return keys;
  }

  /** Keys on which the order of commands matters: nodes agree on one, not always on the stamps'. */
  private static Set<String> opaque(List<StampedOp> ops) {
    Set<String> keys = new HashSet<>();
    for (StampedOp op : ops) {
      boolean ofItself = !StoreResults.target(op).isEmpty() && StoreResults.readsWhatItWrites(op);
      if (ofItself || isTrim(op) || OPAQUE.contains(op.words().get(0).toUpperCase(Locale.ROOT))) {
        keys.add(op.database() + ":" + op.words().get(1));
      }
      if (OF_TWO_KEYS.contains(op.words().get(0).toUpperCase(Locale.ROOT))) {
        keys.add(op.database() + ":" + op.words().get(2));
      }
    }
    if (ops.stream().anyMatch(Judge::isTrim)) {
      keys.addAll(targets(ops));
    }
    Set<String> counted = keysOf(ops, "INCRBY");
    counted.retainAll(keysOf(ops, "SETBIT"));
    keys.addAll(counted);
    return keys;
  }

  private static Set<String> keysOf(List<StampedOp> ops, String name) {
    Set<String> keys = new HashSet<>();
    ops.stream()
        .filter(op -> op.words().get(0).equalsIgnoreCase(name))
        .forEach(op -> keys.add(op.database() + ":" + op.words().get(1)));
    return keys;
  }

  /** Keys that were made of others. */
  private static Set<String> targets(List<StampedOp> ops) {
    return ops.stream()
        .map(op -> StoreResults.database(op) + ":" + StoreResults.target(op))
        .collect(Collectors.toSet());
  }

  /** Keys of which it is not known beforehand whether an increment finds a number there. */
  private static Set<String> unforeseen(List<StampedOp> ops) {
    Set<String> keys = opaque(ops);
    keys.addAll(targets(ops));
    return keys;
  }

  /** What a trim removes depends on what its node had seen. */
  private static boolean isTrim(StampedOp op) {
    return op.words().get(0).equals("XTRIM") || op.words().contains("MAXLEN");
  }

  /** Only where it is known of every pop what it took. */
  private void checkQueues() {
    if (mesh.ledger() != null && nodes.stream().allMatch(QueueLedger::isAllTold)) {
      String verdict = mesh.ledger().verdict(QueueLedger.elements(nodes.get(0)));
      if (verdict != null) {
        mesh.fail(verdict + queueStreams());
      }
    }
  }

  private String queueStreams() {
    StringBuilder text = new StringBuilder();
    nodes.forEach(node -> appendStream(text, node, "0:q"));
    return text.toString();
  }

  private static void forget(
      String key, SortedMap<String, String> left, SortedMap<String, String> right) {
    left.remove(key);
    right.remove(key);
  }

  private static SortedMap<String, String> withoutExpiry(
      SortedMap<String, String> data, Set<String> keys) {
    SortedMap<String, String> result = new TreeMap<>(data);
    result.replaceAll(
        (key, value) -> keys.contains(key) ? value.substring(0, value.lastIndexOf('@')) : value);
    return result;
  }

  private static SortedMap<String, String> dump(SimNode node) {
    return node.server().model().dump();
  }

  /** A marker that takes the version vector back would make a restart execute changes twice. */
  private void checkVector(SimNode node) {
    Map<String, Long> vector = new HashMap<>();
    for (StreamEntry entry : node.server().model().stream().entries()) {
      List<String> words = entry.words();
      if (words.size() > 3 && words.get(1).equals("__norn:v")) {
        for (int i = 2; i < words.size(); i += 2) {
          advance(node, vector, words.get(i), words.get(i + 1));
        }
      }
    }
  }

  private void advance(SimNode node, Map<String, Long> vector, String field, String value) {
    if (field.startsWith("v:")) {
      long offset = Long.parseLong(value.split(" ", -1)[0]);
      Long before = vector.put(field, offset);
      if (before != null && offset <= before) {
        mesh.fail(node.stream() + ": " + field + " goes from " + before + " to " + offset);
      }
    }
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

  /** What came out of opaque commands is not known beforehand: there a refusal is made good. */
  private void checkFailures(Set<String> unforeseen) {
    for (ExecRequest.Failure failure : mesh.failedCommands()) {
      DbKey key = failure.command().key();
      boolean isOpaque = OPAQUE.contains(Text.of(failure.command().command()[0]));
      boolean isUnforeseen =
          key == null ? isOpaque : unforeseen.contains(key.db() + ":" + Text.of(key.key().raw()));
      if (!isUnforeseen) {
        mesh.fail("refused inside a transaction: " + failure);
      }
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
      nodes.forEach(node -> appendStream(text, node, key));
    }
    mesh.fail(text.toString());
  }

  /** What the node's stream says of a key, the agent's writes included. */
  private static void appendStream(StringBuilder text, SimNode node, String key) {
    String name = key.substring(key.indexOf(':') + 1);
    text.append("\n  stream of ").append(node.stream().node());
    for (StreamEntry entry : node.server().model().stream().entries()) {
      if (entry.words().stream().anyMatch(word -> word.contains(name))
          || (entry.words().size() > 2 && entry.words().get(1).equals("__norn:v"))) {
        text.append("\n    ").append(entry.endOffset()).append(' ').append(entry.words());
      }
    }
  }

  private static boolean touches(StampedOp op, String key) {
    int colon = key.indexOf(':');
    return op.database() == Integer.parseInt(key.substring(0, colon))
        && op.words().contains(key.substring(colon + 1));
  }
}

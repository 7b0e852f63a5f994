package io.norn.agent.verify;

import io.norn.command.MergePolicy;
import io.norn.net.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** One comparison of all nodes: the keys of the first, then those that the first lacks. */
final class Verification {
  private static final int MAX_SUSPECTS = 512;
  private static final long PASSAGE_MILLIS = 60_000;

  private final List<Endpoint> endpoints;
  private final MergePolicy policy;
  private final Optional<String> repairFrom;
  private final Results results;
  private final List<VerifiedNode> nodes = new ArrayList<>();
  private final List<Suspect> suspects = new ArrayList<>();
  private Settling settling;

  /**
   * Prepares it.
   *
   * @param endpoints the servers of all nodes, the own one first
   * @param policy says which keys stay at their nodes: those are not compared
   * @param repairFrom node whose values the others take where they differ
   */
  Verification(
      List<Endpoint> endpoints, MergePolicy policy, Optional<String> repairFrom, Results results) {
    this.endpoints = endpoints;
    this.policy = policy;
    this.repairFrom = repairFrom;
    this.results = results;
  }

  /**
   * Compares.
   *
   * @throws IOException if a server cannot be read, or changes do not arrive; one line for users
   * @throws InterruptedException if it is to stop
   */
  void run() throws IOException, InterruptedException {
    try {
      open();
      compare();
      repair();
    } finally {
      nodes.forEach(VerifiedNode::close);
      results.end();
    }
  }

  private void open() throws IOException {
    Set<String> names = new HashSet<>();
    for (Endpoint endpoint : endpoints) {
      VerifiedNode node = VerifiedNode.open(endpoint);
      nodes.add(node);
      if (!names.add(node.name())) {
        throw new IOException(endpoint + ": node id '" + node.name() + "' is taken twice");
      }
    }
    if (nodes.size() < 2) {
      throw new IOException("there is nothing to compare with: no peers are followed");
    }
    if (repairFrom.isPresent() && !names.contains(repairFrom.get())) {
      throw new IOException(
          "node '" + repairFrom.get() + "' is none of " + String.join(", ", names));
    }
    settling = new Settling(nodes, new Passage(nodes, PASSAGE_MILLIS), results);
  }

  private void compare() throws IOException, InterruptedException {
    SortedSet<Integer> databases = new TreeSet<>();
    for (VerifiedNode node : nodes) {
      databases.addAll(node.databases());
    }
    results.total(count(databases));
    Comparing comparing = new Comparing(nodes);
    for (int db : databases) {
      scan(nodes.get(0), db, keys -> comparing.suspects(db, keys));
      for (VerifiedNode other : nodes.subList(1, nodes.size())) {
        scan(other, db, keys -> missing(db, keys));
      }
      settle(db);
    }
  }

  private long count(Set<Integer> databases) throws IOException {
    long keys = 0;
    for (VerifiedNode node : nodes) {
      for (int db : databases) {
        node.select(db);
        keys += node.keys();
      }
    }
    return keys;
  }

  /** Finds suspects among some keys. */
  private interface Look {
    List<Suspect> at(List<byte[]> keys) throws IOException;
  }

  private List<Suspect> missing(int db, List<byte[]> keys) throws IOException {
    VerifiedNode first = nodes.get(0);
    first.select(db);
    return first.missing(keys).stream().map(key -> new Suspect(db, key)).toList();
  }

  private void scan(VerifiedNode node, int db, Look look) throws IOException, InterruptedException {
    String cursor = "0";
    do {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      node.select(db);
      VerifiedNode.Page page = node.scan(cursor);
      suspects.addAll(look.at(page.keys().stream().filter(policy::isShared).toList()));
      results.scanned(page.keys().size());
      results.suspects(suspects.size());
      if (suspects.size() >= MAX_SUSPECTS) {
        settle(db);
      }
      cursor = page.cursor();
    } while (!cursor.equals("0"));
  }

  private void settle(int db) throws IOException, InterruptedException {
    settling.settle(db, List.copyOf(suspects));
    suspects.clear();
  }

  private void repair() throws IOException {
    if (repairFrom.isPresent()) {
      VerifiedNode source =
          nodes.stream()
              .filter(node -> node.name().equals(repairFrom.get()))
              .findFirst()
              .orElseThrow();
      new Repair(nodes, source, results).run(results.differences());
    }
  }
}

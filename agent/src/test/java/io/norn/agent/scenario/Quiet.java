package io.norn.agent.scenario;

import io.norn.testkit.data.Dataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tells when some nodes have told each other everything and have nothing more to say.
 *
 * @param mesh whose links between these nodes are open
 * @param among numbers of the nodes
 * @param end whether they have to be equal then
 */
record Quiet(ScenarioMesh mesh, Set<Integer> among, Scenario.End end) {
  /** Longer than any answer takes that what was said last may still cause. */
  private static final long STILL_MILLIS = 20;

  /**
   * Waits until everything that was written is applied everywhere, the nodes are equal, and no
   * stream moves any more.
   *
   * @throws AssertionError if that does not happen in time
   */
  void await(long limitMillis) throws IOException {
    Pause.until(this::isStill, limitMillis, this::why);
  }

  private boolean isStill() throws IOException {
    if (!isQuiet()) {
      return false;
    }
    List<Long> before = streamEnds();
    Pause.millis(STILL_MILLIS);
    return before.equals(streamEnds()) && isQuiet();
  }

  private boolean isQuiet() throws IOException {
    return waiting().isEmpty() && differences().isEmpty();
  }

  private List<Long> streamEnds() throws IOException {
    List<Long> ends = new ArrayList<>();
    for (int node : among) {
      ends.add(mesh.site(node).streamEnd());
    }
    return ends;
  }

  /** Links that have not brought everything. */
  private List<String> waiting() {
    List<String> waiting = new ArrayList<>();
    for (int from : among) {
      for (int to : among) {
        if (from != to && !isDone(from, to)) {
          waiting.add("node " + from + " waits for node " + to + ": " + mesh.linkStatus(from, to));
        }
      }
    }
    return waiting;
  }

  private boolean isDone(int from, int to) {
    var status = mesh.linkStatus(from, to);
    return Long.parseLong(status.getOrDefault("applied_offset", "-1")) >= mesh.site(to).lastWrite()
        && status.getOrDefault("lag_bytes", "").equals("0");
  }

  /** Keys that differ from the first of the nodes; none where nodes may differ. */
  List<String> differences() throws IOException {
    List<String> differences = new ArrayList<>();
    if (end == Scenario.End.MAY_DIFFER || among.size() < mesh.size()) {
      return differences;
    }
    Dataset first = null;
    for (int node : among) {
      Dataset dataset = Dataset.read(mesh.site(node).reader());
      if (first == null) {
        first = dataset;
      } else {
        differences.addAll(first.differences(dataset, 0));
      }
    }
    return differences;
  }

  private String why() {
    List<String> reasons = new ArrayList<>(waiting());
    try {
      reasons.addAll(differences());
    } catch (IOException e) {
      reasons.add(String.valueOf(e.getMessage()));
    }
    return reasons.isEmpty()
        ? "the streams do not come to rest"
        : "not quiet:\n  " + String.join("\n  ", reasons) + "\n";
  }
}

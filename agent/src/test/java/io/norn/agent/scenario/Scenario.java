package io.norn.agent.scenario;

import java.util.List;

/**
 * One story that must end the same on all nodes.
 *
 * @param id short and unique among all files
 * @param title what it shows
 * @param place where it begins
 * @param source where the expectation comes from: the first line of comment of its file
 * @param nodes how many
 * @param policies directives of the agents, as on a command line
 * @param needs commands without which it cannot be run on a server
 * @param end what must hold at its end
 * @param steps in order
 */
record Scenario(
    String id,
    String title,
    Place place,
    String source,
    int nodes,
    List<String> policies,
    List<String> needs,
    End end,
    List<Step> steps) {

  /** Whether the nodes have to be equal. */
  enum End {
    EQUAL,
    /** Some keys belong to one node only. */
    MAY_DIFFER
  }

  Scenario {
    policies = List.copyOf(policies);
    needs = List.copyOf(needs);
    steps = List.copyOf(steps);
  }

  @Override
  public String toString() {
    return id + " " + title;
  }
}

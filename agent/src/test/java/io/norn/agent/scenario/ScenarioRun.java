package io.norn.agent.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one scenario on a mesh whose servers are empty.
 *
 * @param limitMillis how long nodes may need to become quiet
 */
record ScenarioRun(Scenario scenario, ScenarioMesh mesh, long limitMillis) {
  /** What is true only after a chore of some agent becomes so within this time. */
  private static final long SETTLE_MILLIS = 500;

  /**
   * Runs it. All links are held at its end.
   *
   * @throws AssertionError naming the line that does not hold
   */
  void run() throws IOException {
    mesh.hold();
    for (Step step : scenario.steps()) {
      try {
        step(step);
      } catch (AssertionError e) {
        throw new AssertionError(scenario.id() + " at " + step.place() + ": " + e.getMessage(), e);
      }
    }
    try {
      sync(new Step.Sync(scenario.place(), mesh.everybody()));
    } catch (AssertionError e) {
      throw new AssertionError(scenario.id() + " at its end: " + e.getMessage(), e);
    }
  }

  private void step(Step step) throws IOException {
    if (step instanceof Step.Run run) {
      run(run);
    } else if (step instanceof Step.Sync sync) {
      sync(sync);
    } else if (step instanceof Step.Wait wait) {
      Pause.millis(wait.millis());
    } else if (step instanceof Step.All all) {
      all(all);
    } else if (step instanceof Step.Same same) {
      same(same);
    }
  }

  private void run(Step.Run run) throws IOException {
    Object reply = mesh.site(run.node()).run(run.command());
    boolean fits =
        run.expected().map(p -> p.matches(reply)).orElse(!(reply instanceof ReplyText.Failure));
    if (!fits) {
      throw new AssertionError(
          "node " + run.node() + " answers " + ReplyText.show(reply) + " to " + run.command());
    }
  }

  private void sync(Step.Sync sync) throws IOException {
    mesh.restore(sync.among());
    new Quiet(mesh, sync.among(), scenario.end()).await(limitMillis);
    mesh.hold();
  }

  private void all(Step.All all) throws IOException {
    Pause.until(
        () -> replies(all.command()).stream().allMatch(all.expected()::matches),
        SETTLE_MILLIS,
        () -> answers(all.command()));
  }

  private void same(Step.Same same) throws IOException {
    Pause.until(
        () -> replies(same.command()).stream().distinct().count() == 1,
        SETTLE_MILLIS,
        () -> answers(same.command()));
  }

  private List<Object> replies(Step.Command command) throws IOException {
    List<Object> replies = new ArrayList<>();
    for (Site site : mesh.sites()) {
      replies.add(site.read(command));
    }
    return replies;
  }

  private String answers(Step.Command command) {
    try {
      List<String> shown = replies(command).stream().map(ReplyText::show).toList();
      return "the nodes answer " + String.join(" and ", shown) + " to " + command;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}

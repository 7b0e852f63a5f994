package io.norn.examples.demo;

import io.norn.examples.mesh.Mesh;
import io.norn.examples.mesh.Node;
import io.norn.examples.mesh.Programs;
import io.norn.examples.mesh.VisibilityProbe;
import io.norn.examples.mesh.Wiring;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;

/** Shows on this machine what Norn does; each step is one method. */
public final class Demo {
  private static final int WRITE_MILLIS = 3_000;
  private static final int CUT_MILLIS = 2_000;
  private static final int PROBES = 200;
  private static final int PROBE_PAUSE_MILLIS = 5;
  private static final int SIGNAL_MILLIS = 500;
  private static final int SHOWN_DIFFERENCES = 20;

  private final Narrator narrator;
  private final Mesh mesh;
  private final Comparison comparison;
  private final Crowd crowd;
  private boolean failed;

  private Demo(Narrator narrator, Mesh mesh, Comparison comparison) {
    this.narrator = narrator;
    this.mesh = mesh;
    this.comparison = comparison;
    this.crowd = new Crowd(mesh.a(), mesh.b(), System.nanoTime());
  }

  /**
   * Starts two nodes, shows everything and stops them.
   *
   * @return whether both servers were equal whenever they should be
   * @throws IOException if a server or an agent does not start or dies
   */
  public static boolean run(PrintWriter out, Programs programs)
      throws IOException, InterruptedException {
    Narrator narrator = new Narrator(out);
    narrator.step("Two plain servers, an agent beside each, on this machine");
    long start = System.nanoTime();
    try (Mesh mesh = Mesh.start(programs, Wiring.CUTTABLE);
        Comparison comparison = new Comparison(mesh)) {
      Demo demo = new Demo(narrator, mesh, comparison);
      demo.introduce(programs, System.nanoTime() - start);
      demo.writeOnBothSides();
      demo.cutAndHeal();
      demo.measure();
      demo.conclude();
      return !demo.failed;
    } catch (IOException e) {
      // Ctrl-C reaches the servers a little earlier than us, and is no failure to tell of.
      Thread.sleep(SIGNAL_MILLIS);
      throw e;
    }
  }

  private void introduce(Programs programs, long nanos) {
    describe("A", mesh.a(), programs);
    describe("B", mesh.b(), programs);
    narrator.say("linked", "each agent follows the other server, after %s", Narrator.time(nanos));
  }

  private void describe(String name, Node node, Programs programs) {
    narrator.say(
        name,
        "%s at %s, agent at %s",
        programs.server().name(),
        node.endpoint(),
        node.agent().address());
  }

  private void writeOnBothSides() throws IOException, InterruptedException {
    narrator.step("Clients write the same keys on both sides");
    Crowd.Written written = crowd.write(WRITE_MILLIS);
    narrator.say("written", "%,d times on A, %,d times on B", written.onA(), written.onB());
    expectEqual("the last write");
  }

  private void cutAndHeal() throws IOException, InterruptedException {
    narrator.step("The link between the sites is cut");
    mesh.cut();
    try (ServerConnection a = mesh.a().connect();
        ServerConnection b = mesh.b().connect()) {
      a.require("SET", "motto", "first");
      Crowd.Written written = crowd.write(CUT_MILLIS);
      b.require("SET", "motto", "second");
      narrator.say("written", "%,d times on A, %,d times on B", written.onA(), written.onB());
      Comparison.Result apart = comparison.now();
      narrator.say(
          "differ",
          "%,d keys; the counters say %,d and %,d",
          apart.differingKeys(),
          apart.visitsOnA(),
          apart.visitsOnB());
      narrator.step("The link is back");
      mesh.heal();
      expectEqual("the link came back");
      narrator.say(
          "motto",
          "A wrote 'first', later B wrote 'second': A has '%s', B has '%s'",
          a.requireText("GET", "motto"),
          b.requireText("GET", "motto"));
    }
  }

  private void expectEqual(String since) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Comparison.Result result = comparison.untilEqual();
    String time = Narrator.time(System.nanoTime() - start);
    if (result.isEqual()) {
      narrator.say("equal", "0 of %,d keys differ, %s after %s", result.keys(), time, since);
    } else {
      fail("%,d of %,d keys still differ after %s", result.differingKeys(), result.keys(), time);
      result.differences().stream()
          .limit(SHOWN_DIFFERENCES)
          .forEach(line -> narrator.say("", "%s", line));
    }
    checkVisits(result);
  }

  private void checkVisits(Comparison.Result result) {
    long wanted = crowd.increments();
    if (result.visitsOnA() == wanted && result.visitsOnB() == wanted) {
      narrator.say(
          "counted", "%,d increments made in all, %,d counted on both sides", wanted, wanted);
    } else {
      fail(
          "%,d increments made, but A counts %,d and B %,d",
          wanted, result.visitsOnA(), result.visitsOnB());
    }
  }

  private void measure() throws IOException, InterruptedException {
    narrator.step("How long a write on A takes until a client of B sees it");
    long[] nanos = new long[PROBES];
    try (VisibilityProbe probe =
        VisibilityProbe.between(mesh.a().endpoint(), mesh.b().endpoint())) {
      for (int i = 0; i < PROBES; i++) {
        nanos[i] = probe.nanosUntilVisible();
        Thread.sleep(PROBE_PAUSE_MILLIS);
      }
    }
    Arrays.sort(nanos);
    narrator.say(
        "latency",
        "half of %d writes within %s, 99 %% within %s",
        PROBES,
        Narrator.time(nanos[PROBES / 2]),
        Narrator.time(nanos[PROBES * 99 / 100]));
  }

  private void conclude() throws IOException {
    narrator.step(
        failed
            ? "The servers are NOT equal: this is a bug, please report it"
            : "Both servers hold the same data");
    if (failed) {
      for (Node node : new Node[] {mesh.a(), mesh.b()}) {
        node.agent().log().forEach(line -> narrator.say("log", "%s", line));
      }
    }
    narrator.say(
        "try it", "norn agent --local HOST PORT --replicaof HOST PORT, beside a server of yours");
  }

  private void fail(String format, Object... values) {
    failed = true;
    narrator.say("WRONG", format, values);
  }
}

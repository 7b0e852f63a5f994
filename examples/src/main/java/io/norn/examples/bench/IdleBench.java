package io.norn.examples.bench;

import io.norn.examples.mesh.Mesh;
import io.norn.examples.mesh.Node;
import io.norn.examples.mesh.Programs;
import io.norn.examples.mesh.Wiring;
import io.norn.server.ServerConnection;
import io.norn.testkit.ProcessUsage;
import java.io.IOException;
import java.util.List;

/**
 * What agents cost while nobody writes.
 *
 * @param seconds how long to watch
 */
public record IdleBench(int seconds) {
  private static final int SETTLE_MILLIS = 3_000;
  private static final double MEGABYTE = 1 << 20;

  /** Watches two agents. */
  public Table run(Programs programs) throws IOException, InterruptedException {
    Table table =
        new Table("two idle nodes over %d s, %s".formatted(seconds, programs.server().name()));
    try (Mesh mesh = Mesh.start(programs, Wiring.DIRECT)) {
      List<Node> nodes = List.of(mesh.a(), mesh.b());
      Thread.sleep(SETTLE_MILLIS);
      List<Long> before = List.of(cpu(nodes.get(0)), cpu(nodes.get(1)));
      Thread.sleep(seconds * 1_000L);
      for (int i = 0; i < nodes.size(); i++) {
        put(table, nodes.get(i), cpu(nodes.get(i)) - before.get(i));
      }
    }
    return table;
  }

  private void put(Table table, Node node, long cpuMillis) throws IOException {
    String row = "agent " + node.id();
    table.put(row, "cpu %", cpuMillis / (10.0 * seconds));
    ProcessUsage.rssBytes(node.agent().pid())
        .ifPresent(bytes -> table.put(row, "rss MB", bytes / MEGABYTE));
    try (ServerConnection connection = node.connect()) {
      table.put(row, "extra keys", ((Long) connection.require("DBSIZE")).doubleValue());
    }
  }

  private static long cpu(Node node) throws IOException {
    return ProcessUsage.cpuMillis(node.agent().pid())
        .orElseThrow(() -> new IOException("this platform does not tell processor times"));
  }
}

package io.norn.examples.bench;

import io.norn.examples.mesh.Node;
import io.norn.examples.mesh.Programs;
import io.norn.server.ServerConnection;
import io.norn.testkit.ProcessUsage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How fast writes on one server arrive on the other, while it takes them as fast as it can.
 *
 * @param load what is written
 * @param rounds how often, plain replication and Norn in turn; the best of each counts
 */
public record ThroughputBench(Load load, int rounds) {
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int POLL_MILLIS = 5;
  private static final double MEGABYTE = 1 << 20;

  /** Measures plain replication and Norn. */
  public Table run(Programs programs) throws IOException, InterruptedException {
    Table table =
        new Table(
            "%,d SETs of %d bytes, %d in a pipeline, %d connections, %s"
                .formatted(
                    load.sets(),
                    load.valueBytes(),
                    load.pipeline(),
                    load.connections(),
                    programs.server().name()));
    double ratio = 0;
    for (int round = 1; round <= rounds; round++) {
      double plain = measurePlain(programs, table, round);
      double norn = measureNorn(programs, table, round);
      ratio = Math.max(ratio, norn / plain);
    }
    table.put("Norn / plain, best round", "arrived/s", ratio);
    return table;
  }

  private double measurePlain(Programs programs, Table table, int round)
      throws IOException, InterruptedException {
    try (Setup setup = PlainReplication.start(programs.server())) {
      return measure(setup, table, setup.name() + " " + round);
    }
  }

  private double measureNorn(Programs programs, Table table, int round)
      throws IOException, InterruptedException {
    try (NornPair pair = NornPair.start(programs)) {
      double rate = measure(pair, table, pair.name() + " " + round);
      for (Node node : List.of(pair.mesh().a(), pair.mesh().b())) {
        putUsage(table, node, round);
      }
      return rate;
    }
  }

  private double measure(Setup setup, Table table, String row)
      throws IOException, InterruptedException {
    try (ServerConnection target = ServerConnection.open(setup.target())) {
      long before = size(target);
      long start = System.nanoTime();
      load.run(setup.source());
      long written = System.nanoTime();
      while (size(target) < before + load.sets()) {
        setup.requireAlive();
        if (System.nanoTime() - start > LIMIT_NANOS) {
          throw new IOException(setup.name() + ": not all writes arrived within five minutes");
        }
        Thread.sleep(POLL_MILLIS);
      }
      double rate = load.sets() * 1e9 / (System.nanoTime() - start);
      table.put(row, "written/s", load.sets() * 1e9 / (written - start));
      table.put(row, "arrived/s", rate);
      return rate;
    }
  }

  private static long size(ServerConnection connection) throws IOException {
    return (Long) connection.require("DBSIZE");
  }

  private static void putUsage(Table table, Node node, int round) {
    long agent = node.agent().pid();
    String row = "  agent " + node.id() + " " + round;
    ProcessUsage.cpuMillis(agent).ifPresent(millis -> table.put(row, "cpu s", millis / 1e3));
    ProcessUsage.rssBytes(agent).ifPresent(bytes -> table.put(row, "rss MB", bytes / MEGABYTE));
    ProcessUsage.peakRssBytes(agent)
        .ifPresent(bytes -> table.put(row, "peak MB", bytes / MEGABYTE));
  }
}

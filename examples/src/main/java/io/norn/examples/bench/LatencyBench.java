package io.norn.examples.bench;

import io.norn.examples.mesh.Programs;
import io.norn.examples.mesh.VisibilityProbe;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * How long a write on one server takes until a client of the other sees it, on an idle machine.
 *
 * @param probes how many writes are measured on each setup
 * @param pauseMillis between two writes
 */
public record LatencyBench(int probes, int pauseMillis) {
  private static final int DIGITS = 3;
  private static final double MILLIS = 1e-6;

  /** Measures the method itself, plain replication and Norn, one after the other. */
  public Table run(Programs programs) throws IOException, InterruptedException {
    Table table =
        new Table(
            "write on A until seen on B in ms, %,d probes, one each %d ms, %s"
                .formatted(probes, pauseMillis, programs.server().name()));
    measure(OneServer.start(programs.server()), table);
    measure(PlainReplication.start(programs.server()), table);
    measure(NornPair.start(programs), table);
    return table;
  }

  private void measure(Setup setup, Table table) throws IOException, InterruptedException {
    Histogram histogram = new Histogram(DIGITS);
    try (setup;
        VisibilityProbe probe = VisibilityProbe.between(setup.source(), setup.target())) {
      // The first quarter warms up compilers and caches on both sides, and is not counted.
      for (int i = -probes / 4; i < probes; i++) {
        long nanos = probe.nanosUntilVisible();
        if (i >= 0) {
          histogram.recordValue(nanos);
        }
        Thread.sleep(pauseMillis);
      }
    }
    table.put(setup.name(), "p50", histogram.getValueAtPercentile(50) * MILLIS);
    table.put(setup.name(), "p90", histogram.getValueAtPercentile(90) * MILLIS);
    table.put(setup.name(), "p99", histogram.getValueAtPercentile(99) * MILLIS);
    table.put(setup.name(), "max", histogram.getMaxValue() * MILLIS);
  }
}

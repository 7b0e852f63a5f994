package io.norn.agent.metrics;

import io.norn.agent.part.Worker;
import java.io.Closeable;
import java.util.Map;
import java.util.function.Supplier;

/** Looks at the agent once a second, so that there are rates and a history of the last minutes. */
public final class Sampler implements Closeable {
  private static final long INTERVAL_MILLIS = 1000;

  private final Supplier<Map<String, Map<String, String>>> report;
  private final Rates rates = new Rates();
  private final History history = new History();
  private final Worker worker = new Worker("sampler", this::run);

  /** Prepares it to look at sections that may be changed. */
  public Sampler(Supplier<Map<String, Map<String, String>>> report) {
    this.report = report;
  }

  public void start() {
    worker.start();
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      Map<String, Map<String, String>> status = report.get();
      rates.sample(System.nanoTime(), status);
      rates.addTo(status);
      history.sample(System.currentTimeMillis(), status);
      Thread.sleep(INTERVAL_MILLIS);
    }
  }

  /** What the agent says now, with rates. */
  public Map<String, Map<String, String>> status() {
    Map<String, Map<String, String>> status = report.get();
    rates.addTo(status);
    return status;
  }

  /** The last minutes. */
  public History history() {
    return history;
  }

  @Override
  public void close() {
    worker.close();
  }
}

package io.norn.agent.mesh;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;

/** How old what one server writes all the time is where another one shows it. */
final class LagMeter implements Closeable {
  private static final long PAUSE_MILLIS = 10;

  private final String key;
  private final ServerConnection origin;
  private final ServerConnection reader;
  private final Thread writing;
  private final Thread reading;
  private volatile long maxMillis;
  private volatile boolean over;
  private volatile IOException failure;

  LagMeter(ServerProcess origin, ServerProcess reader) throws IOException {
    this.key = "written:" + origin.port() + ":" + reader.port();
    this.origin = origin.connect();
    this.reader = reader.connect();
    this.writing = new Thread(() -> untilOver(this::write), "lag-writing");
    this.reading = new Thread(() -> untilOver(this::read), "lag-reading");
    writing.start();
    reading.start();
  }

  private interface Step {
    void run() throws IOException;
  }

  private void untilOver(Step step) {
    try {
      while (!over) {
        step.run();
        RealMesh.pause(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      failure = over ? failure : e;
    }
  }

  private void write() throws IOException {
    origin.require("SET", key, Long.toString(System.nanoTime()));
  }

  private void read() throws IOException {
    String written = reader.requireText("GET", key);
    if (!written.isEmpty()) {
      long millis = (System.nanoTime() - Long.parseLong(written)) / 1_000_000;
      maxMillis = Math.max(maxMillis, millis);
    }
  }

  /** The longest since the last call, in milliseconds. */
  long take() throws IOException {
    if (failure != null) {
      throw failure;
    }
    long taken = maxMillis;
    maxMillis = 0;
    return taken;
  }

  @Override
  public void close() throws IOException {
    over = true;
    try {
      writing.join();
      reading.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    origin.close();
    reader.close();
  }
}

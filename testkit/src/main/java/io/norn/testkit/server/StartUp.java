package io.norn.testkit.server;

import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.server.ServerRefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Waits until a server that was just started answers. */
final class StartUp {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int REPLY_LIMIT_MILLIS = 500;
  private static final long POLL_MILLIS = 3;

  private final Endpoint endpoint;
  private final Process process;

  StartUp(Endpoint endpoint, Process process) {
    this.endpoint = endpoint;
    this.process = process;
  }

  /**
   * Returns when it answers and has loaded its data.
   *
   * @throws IOException if it has ended, or is not up within a minute
   */
  void await() throws IOException {
    long start = System.nanoTime();
    while (!answers()) {
      if (!process.isAlive()) {
        throw new IOException("ended with exit code " + process.exitValue() + " while starting");
      }
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new IOException("no answer within a minute");
      }
      sleep();
    }
  }

  private boolean answers() {
    try (ServerConnection connection = ServerConnection.open(endpoint, REPLY_LIMIT_MILLIS)) {
      Object pong = connection.call("PING");
      return !(pong instanceof ServerError error && error.code().equals("LOADING"))
          && isOurs(connection.call("INFO", "server"));
    } catch (ServerRefusedException e) {
      // It is up, but lets nobody in: that is for the test to judge.
      return process.isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  /** When the port was taken, another server may answer while ours is still about to give up. */
  private boolean isOurs(Object info) {
    return info instanceof ServerError
        || ServerConnection.text(info).contains("process_id:" + process.pid() + "\r\n");
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a server");
    }
  }
}

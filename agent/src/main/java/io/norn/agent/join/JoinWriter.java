package io.norn.agent.join;

import io.norn.apply.ApplyConnection;
import io.norn.apply.Chore;
import io.norn.stream.Reserved;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/** Runs the steps of a merge on the one connection that writes, between batches. */
public final class JoinWriter implements Chore {
  private final BlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
  private final Runnable poke;

  /**
   * Prepares it.
   *
   * @param poke wakes the apply loop
   */
  public JoinWriter(Runnable poke) {
    this.poke = poke;
  }

  /** A step on the connection. */
  @FunctionalInterface
  interface Step<T> {
    T run(ApplyConnection connection) throws IOException, InterruptedException;
  }

  private record Task<T>(Step<T> step, CompletableFuture<T> done) {
    void run(ApplyConnection connection) throws IOException, InterruptedException {
      try {
        done.complete(step.run(connection));
      } catch (IOException | InterruptedException | RuntimeException e) {
        done.completeExceptionally(e);
        if (e instanceof IOException broken) {
          throw broken;
        }
        if (e instanceof InterruptedException interrupted) {
          throw interrupted;
        }
      }
    }
  }

  /** Has a step run, and waits for its result. */
  <T> T run(Step<T> step) throws IOException, InterruptedException {
    Task<T> task = new Task<>(step, new CompletableFuture<>());
    tasks.add(task);
    poke.run();
    try {
      return task.done().get();
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
    }
  }

  /** Waits until all that was sent to the local server before is seen in the own stream. */
  public void settle() throws IOException, InterruptedException {
    run(
        connection -> {
          connection.settle();
          return null;
        });
  }

  /** Writes a field of the node's reserved key. */
  void write(String field, String value) throws IOException, InterruptedException {
    run(connection -> connection.server().require("HSET", Reserved.NODE_KEY, field, value));
  }

  @Override
  public boolean isWaiting() {
    return !tasks.isEmpty();
  }

  @Override
  public void run(ApplyConnection connection) throws IOException, InterruptedException {
    Task<?> task = tasks.poll();
    if (task != null) {
      task.run(connection);
    }
  }
}

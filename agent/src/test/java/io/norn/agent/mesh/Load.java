package io.norn.agent.mesh;

import io.norn.testkit.Seed;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that write on all servers of a mesh at once. */
final class Load implements Closeable {
  private static final int WRITERS = 6;

  private final List<Future<Writer.Result>> writers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean over;

  /** Starts six clients that send {@link Mix#COMMON} commands. */
  Load(RealMesh mesh, Seed seed, int keys, int perSecond) throws IOException {
    this(mesh, seed, Mix.COMMON, keys, perSecond);
  }

  /**
   * Starts six clients, the same number on each server.
   *
   * @param perSecond how many commands all together send at most
   */
  Load(RealMesh mesh, Seed seed, Mix mix, int keys, int perSecond) throws IOException {
    for (int i = 0; i < WRITERS; i++) {
      Random random = seed.random(i);
      Writer writer =
          new Writer(
              mesh.server(i % mesh.size()).connect(),
              random,
              mix.on(keys, random),
              perSecond / WRITERS,
              () -> over);
      writers.add(threads.submit(writer));
    }
  }

  /**
   * Lets them finish.
   *
   * @throws IOException if one of them failed
   */
  Writer.Result stop() throws IOException {
    over = true;
    Map<String, Long> sums = new HashMap<>();
    long commands = 0;
    long errors = 0;
    long millis = 1;
    for (Future<Writer.Result> each : writers) {
      Writer.Result result = resultOf(each);
      result.sums().forEach((key, sum) -> sums.merge(key, sum, Long::sum));
      commands += result.commands();
      errors += result.errors();
      millis = Math.max(millis, result.millis());
    }
    return new Writer.Result(sums, commands, errors, millis);
  }

  private static Writer.Result resultOf(Future<Writer.Result> writer) throws IOException {
    try {
      return writer.get();
    } catch (ExecutionException e) {
      throw new IOException("a writer failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    over = true;
    threads.shutdownNow();
  }
}

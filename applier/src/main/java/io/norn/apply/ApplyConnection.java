package io.norn.apply;

import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.merge.Emission;
import io.norn.merge.Facts;
import io.norn.merge.Reads;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.Marker;
import io.norn.stream.Progress;
import io.norn.stream.Reserved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The one connection that writes other nodes' changes: numbers barriers and batches, and runs
 * single watched transactions.
 */
public final class ApplyConnection {
  private final ServerConnection server;
  private final NodeMonitor monitor;
  private final ApplySettings settings;
  private long barrier;
  private long batch;

  ApplyConnection(ServerConnection server, NodeMonitor monitor, ApplySettings settings) {
    this.server = server;
    this.monitor = monitor;
    this.settings = settings;
    this.barrier = System.nanoTime();
  }

  /** The connection itself, in database 0. */
  public ServerConnection server() {
    return server;
  }

  /** Numbers of the databases that hold keys. */
  public List<Integer> databases() throws IOException {
    List<Integer> databases = new ArrayList<>();
    for (String line : server.requireText("INFO", "keyspace").split("\r\n", -1)) {
      if (line.startsWith("db")) {
        databases.add(Integer.parseInt(line.substring(2, line.indexOf(':'))));
      }
    }
    return databases;
  }

  /** One page of {@code SCAN}: the next cursor and names of keys. */
  public List<?> scan(int db, String cursor, int count) throws IOException {
    server.require("SELECT", Integer.toString(db));
    Object page = server.require("SCAN", cursor, "COUNT", Integer.toString(count));
    server.require("SELECT", "0");
    return (List<?>) page;
  }

  /** The next barrier's number, larger than those of earlier connections. */
  long nextBarrier() {
    barrier = Math.max(barrier + 1, System.nanoTime());
    return barrier;
  }

  Marker marker(Map<StreamId, Progress> advanced) {
    return new Marker(monitor.instance(), batch, advanced);
  }

  /** The next batch's number, larger than any that the own stream has shown. */
  long nextBatch() {
    batch = Math.max(batch, monitor.lastBatch()) + 1;
    return batch;
  }

  void send(List<byte[][]> commands) throws IOException {
    for (byte[][] command : commands) {
      server.send(command);
    }
  }

  /** Waits until the own stream has shown a barrier. */
  void await(long number) throws IOException, InterruptedException {
    if (!monitor.awaitBarrier(number, settings.barrierTimeoutMillis())) {
      throw new IOException(
          server.endpoint() + ": the own replication stream did not show a barrier in time");
    }
  }

  /**
   * Everything that this connection's forerunners may still have sent is in the window after this,
   * or can never be executed.
   */
  public void settle() throws IOException, InterruptedException {
    long number = nextBarrier();
    server.require("SPUBLISH", Reserved.CHANNEL, monitor.barrier(number));
    await(number);
  }

  /** Reads keys under WATCH, and decides what to write once the window is exact for them. */
  @FunctionalInterface
  public interface Step extends Function<List<Object>, Write> {}

  /**
   * What a step comes to.
   *
   * @param emissions commands
   * @param advanced entries of the version vector
   * @param purpose what it is for
   */
  public record Write(
      List<Emission> emissions, Map<StreamId, Progress> advanced, Marker.Purpose purpose) {
    /** One that brings changes. */
    public Write(List<Emission> emissions, Map<StreamId, Progress> advanced) {
      this(emissions, advanced, Marker.Purpose.CHANGES);
    }

    /** One that puts right what increments did. */
    static Write repair(List<Emission> emissions) {
      return new Write(emissions, Map.of(), Marker.Purpose.REPAIR);
    }
  }

  /**
   * One transaction by itself.
   *
   * @param watched keys
   * @param reads commands to run under WATCH, in database 0 unless they select another and come
   *     back
   * @param step gets their replies when the barrier is through; null from it means that there is
   *     nothing to write
   * @return what became of it
   */
  public ExecRequest.Outcome run(Set<DbKey> watched, List<byte[][]> reads, Step step)
      throws IOException, InterruptedException {
    long number = nextBarrier();
    WatchRequest watch =
        new WatchRequest(new Reads(watched, Set.of(), Map.of()), monitor.barrier(number));
    send(reads(watch, reads));
    List<Object> replies = server.receiveAll();
    await(number);
    int before = watch.commands().size() - 1;
    return finish(step.apply(replies.subList(before, before + reads.size())));
  }

  /**
   * One transaction by itself, with the reads that decisions need.
   *
   * @param step gets the facts when the barrier is through
   * @return what became of it
   */
  ExecRequest.Outcome run(Reads reads, Function<Facts, Write> step)
      throws IOException, InterruptedException {
    long number = nextBarrier();
    WatchRequest watch = new WatchRequest(reads, monitor.barrier(number));
    send(watch.commands());
    List<Object> replies = server.receiveAll();
    ServerError refusal = watch.refusal(replies);
    if (refusal != null) {
      server.require("UNWATCH");
      return new ExecRequest.Outcome.Refused(refusal, null);
    }
    await(number);
    return finish(step.apply(watch.facts(replies)));
  }

  /**
   * Puts a message about a key into the own stream, if nobody writes the key meanwhile. It stands
   * there naked: a transaction of one command is no transaction in a stream.
   *
   * @param reads commands to run under WATCH
   * @param message gets their replies
   * @return false if somebody wrote the key, or if it has to be repaired first
   */
  boolean publish(DbKey key, List<byte[][]> reads, Function<List<Object>, byte[][]> message)
      throws IOException, InterruptedException {
    long number = nextBarrier();
    WatchRequest watch =
        new WatchRequest(new Reads(Set.of(key), Set.of(), Map.of()), monitor.barrier(number));
    send(reads(watch, reads));
    List<Object> replies = server.receiveAll();
    await(number);
    int before = watch.commands().size() - 1;
    long nowMillis = System.currentTimeMillis();
    if (!monitor.with(state -> state.publications().mayStillPublish(key, nowMillis))) {
      server.require("UNWATCH");
      return false;
    }
    server.require("MULTI");
    server.require(message.apply(replies.subList(before, before + reads.size())));
    return server.require("EXEC") != null;
  }

  private ExecRequest.Outcome finish(Write write) throws IOException {
    if (write == null) {
      server.require("UNWATCH");
      return new ExecRequest.Outcome.Committed(List.of());
    }
    Marker marker = new Marker(monitor.instance(), nextBatch(), write.advanced(), write.purpose());
    ExecRequest exec = new ExecRequest(marker, write.emissions(), System.currentTimeMillis());
    send(exec.commands());
    return exec.outcome(server.receiveAll());
  }

  /** The reads stand between the WATCH and the barrier. */
  private static List<byte[][]> reads(WatchRequest watch, List<byte[][]> reads) {
    List<byte[][]> all = new ArrayList<>(watch.commands());
    all.addAll(all.size() - 1, reads);
    return all;
  }
}

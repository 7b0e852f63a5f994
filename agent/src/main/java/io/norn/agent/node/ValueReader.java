package io.norn.agent.node;

import io.norn.agent.part.Worker;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.shadow.ListShadow;
import io.norn.shadow.ReadRequest;
import io.norn.shadow.ReadRequest.Kind;
import io.norn.shadow.Shadow;
import io.norn.shadow.Shadows;
import io.norn.shadow.SortedSetShadow;
import io.norn.stream.Reserved;
import io.norn.stream.Text;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lists and sorted sets of the own server that are to be followed: a value and a mark in one
 * transaction, so that the stream tells where it was read.
 */
final class ValueReader implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ValueReader.class);
  private static final int AT_ONCE = 16;
  private static final long PAUSE_MILLIS = 1;
  private static final long BUSY_PAUSE_MILLIS = 20;
  private static final long RETRY_MILLIS = 200;
  private static final long IDLE_MILLIS = 10_000;

  /** So many elements are looked at to estimate the size of all. */
  private static final int SAMPLE = 4;

  private final Endpoint local;
  private final Shadows shadows;
  private final Worker worker;
  private final Semaphore news = new Semaphore(0);

  ValueReader(Endpoint local, Shadows shadows, Consumer<String> onCrash) {
    this.local = local;
    this.shadows = shadows;
    this.worker = new Worker("value-reader", this::run, onCrash);
  }

  void start() {
    worker.start();
  }

  /** The stream was read on. */
  void wake() {
    if (shadows.hasWanted() && news.availablePermits() == 0) {
      news.release();
    }
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      awaitWanted();
      try (ServerConnection server = ServerConnection.open(local)) {
        read(server);
      } catch (IOException e) {
        LOG.debug("cannot read what pops take from: {}", e.getMessage());
        Thread.sleep(RETRY_MILLIS);
      }
      shadows.lostReader();
    }
  }

  private void awaitWanted() throws InterruptedException {
    while (!shadows.hasWanted()) {
      news.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void read(ServerConnection server) throws IOException, InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      awaitWanted();
      List<ReadRequest> requests = shadows.wanted(AT_ONCE);
      read(server, requests);
      Thread.sleep(requests.size() < AT_ONCE ? PAUSE_MILLIS : BUSY_PAUSE_MILLIS);
    }
  }

  private void read(ServerConnection server, List<ReadRequest> requests) throws IOException {
    List<ReadRequest> small = new ArrayList<>();
    for (ReadRequest each : requests) {
      if (isSmall(server, each)) {
        small.add(each);
      } else {
        shadows.read(each, null);
      }
    }
    for (ReadRequest each : small) {
      shadows.read(each, value(server, each));
    }
  }

  private static boolean isSmall(ServerConnection server, ReadRequest request) throws IOException {
    boolean isList = request.kind() == Kind.LIST;
    byte[] key = request.key().key().raw();
    server.send("SELECT", Integer.toString(request.key().db()));
    server.send(Text.bytes(isList ? "LLEN" : "ZCARD"), key);
    server.send(range(request, SAMPLE - 1));
    List<Object> replies = server.receiveAll();
    long size = replies.get(1) instanceof Long length ? length : Long.MAX_VALUE;
    long sample = replies.get(2) instanceof List<?> elements ? longest(elements) : Long.MAX_VALUE;
    return size <= Shadows.MAX_ELEMENTS && size * sample <= Shadows.MAX_VALUE_BYTES;
  }

  private static long longest(List<?> elements) {
    return elements.stream()
        .mapToLong(each -> each instanceof byte[] raw ? raw.length : 0)
        .max()
        .orElse(0);
  }

  private static byte[][] range(ReadRequest request, long last) {
    byte[] key = request.key().key().raw();
    byte[] end = Text.bytes(Long.toString(last));
    byte[] start = Text.bytes("0");
    return request.kind() == Kind.LIST
        ? new byte[][] {Text.bytes("LRANGE"), key, start, end}
        : new byte[][] {Text.bytes("ZRANGE"), key, start, end, Text.bytes("WITHSCORES")};
  }

  /** Null if it cannot be followed. */
  private static Shadow value(ServerConnection server, ReadRequest request) throws IOException {
    server.send("SELECT", Integer.toString(request.key().db()));
    server.send("MULTI");
    server.send(range(request, Shadows.MAX_ELEMENTS));
    server.send("SPUBLISH", Reserved.CHANNEL, request.mark());
    server.send("EXEC");
    List<Object> replies = server.receiveAll();
    boolean isRead =
        replies.get(replies.size() - 1) instanceof List<?> results
            && results.get(0) instanceof List<?>;
    return isRead ? value((List<?>) ((List<?>) replies.get(4)).get(0), request.kind()) : null;
  }

  private static Shadow value(List<?> read, Kind kind) {
    List<byte[]> elements = read.stream().map(each -> (byte[]) each).toList();
    int size = kind == Kind.LIST ? elements.size() : elements.size() / 2;
    if (size > Shadows.MAX_ELEMENTS) {
      return null;
    }
    return kind == Kind.LIST ? ListShadow.of(elements) : SortedSetShadow.of(elements);
  }

  @Override
  public void close() {
    worker.close();
  }
}

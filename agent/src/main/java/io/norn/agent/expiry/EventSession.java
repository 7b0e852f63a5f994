package io.norn.agent.expiry;

import io.norn.agent.part.Worker;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.server.ServerRefusedException;
import io.norn.server.Subscription;
import io.norn.stream.Reserved;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** One subscription to a server's events, from connecting to its end. */
final class EventSession implements Closeable {
  private static final int TIMEOUT_MILLIS = 5000;
  private static final int USUAL_DATABASES = 16;

  private final Classifier classifier;
  private final Runnable onProgress;
  private final ServerConnection server;
  private final Subscription subscription;
  private final Worker reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int subscribed;
  private boolean cutWanted;
  private long probedAtNanos;
  private boolean probing;
  private ServerError refusal;
  private String broken;

  EventSession(Endpoint endpoint, Classifier classifier, Runnable onProgress) throws IOException {
    this.classifier = classifier;
    this.onProgress = onProgress;
    this.server = ServerConnection.open(endpoint, TIMEOUT_MILLIS);
    try {
      this.subscription = Subscription.open(endpoint, TIMEOUT_MILLIS);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    this.reader = new Worker("events-" + endpoint, this::read, this::broken);
  }

  ServerConnection server() {
    return server;
  }

  /**
   * Subscribes; from here on events are seen.
   *
   * @throws ServerRefusedException if the server does not let us
   */
  void begin() throws IOException, InterruptedException {
    classifier.opening(offset());
    reader.start();
    if (!subscribe("PSUBSCRIBE", channels(List.of("*")))
        && !subscribe("SUBSCRIBE", channels(databases()))) {
      throw new ServerRefusedException(server.endpoint().toString(), refusal);
    }
    classifier.opened(offset());
  }

  private static List<String> channels(List<String> databases) {
    List<String> channels = new ArrayList<>();
    for (String db : databases) {
      ServerEvent.CAUSES.keySet().forEach(event -> channels.add(ServerEvent.channel(db, event)));
    }
    return channels;
  }

  /** For users whose rights name channels: a pattern must be among them word for word. */
  private List<String> databases() throws IOException {
    Object reply = server.call("CONFIG", "GET", "databases");
    int count = USUAL_DATABASES;
    if (reply instanceof List<?> pair && pair.size() == 2) {
      count = Integer.parseInt(ServerConnection.text(pair.get(1)));
    }
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private boolean subscribe(String command, List<String> channels)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(channels);
    lock.lockInterruptibly();
    try {
      refusal = null;
      subscribed = 0;
      subscription.send(words.toArray(new String[0]));
      await(session -> session.subscribed >= channels.size() || session.refusal != null);
      return refusal == null;
    } finally {
      lock.unlock();
    }
  }

  private void await(Predicate<EventSession> condition) throws IOException, InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    while (!condition.test(this)) {
      check();
      if (nanos <= 0) {
        throw new IOException("no answer to a subscription");
      }
      nanos = changed.awaitNanos(nanos);
    }
  }

  private void check() throws IOException {
    if (broken != null) {
      throw new IOException(broken);
    }
  }

  /** Asks the server for all events up to now, if that helps. */
  void probe() {
    lock.lock();
    try {
      if (classifier.probe()) {
        probing = true;
        probedAtNanos = System.nanoTime();
        subscription.send("SUBSCRIBE", Reserved.CHANNEL);
      }
    } catch (IOException e) {
      broken(e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does for so long what has to be asked after probes.
   *
   * @throws IOException if the session is over
   */
  void serve(long millis) throws IOException, InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    while (nanos > 0) {
      lock.lockInterruptibly();
      try {
        while (nanos > 0 && !cutWanted) {
          checkAnswered();
          nanos = changed.awaitNanos(nanos);
        }
        if (!cutWanted) {
          return;
        }
        cutWanted = false;
      } finally {
        lock.unlock();
      }
      classifier.cut(offset());
      onProgress.run();
    }
  }

  private void checkAnswered() throws IOException {
    check();
    long waitedNanos = probing ? System.nanoTime() - probedAtNanos : 0;
    if (TimeUnit.NANOSECONDS.toMillis(waitedNanos) > TIMEOUT_MILLIS) {
      throw new IOException("no answer on its subscription");
    }
    if (refusal != null) {
      throw new IOException("its subscription is refused: " + refusal.message());
    }
    if (!classifier.isOpen()) {
      throw new IOException("too many events wait for its stream");
    }
  }

  /** Where the server's stream ends. */
  private long offset() throws IOException {
    return server
        .requireText("INFO", "replication")
        .lines()
        .filter(line -> line.startsWith("master_repl_offset:"))
        .map(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElseThrow(() -> new IOException("INFO replication tells no master_repl_offset"));
  }

  private void read() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        take(subscription.receive());
      }
    } catch (IOException e) {
      broken(String.valueOf(e.getMessage()));
    }
  }

  private void broken(String reason) {
    lock.lock();
    try {
      broken = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void take(Object message) {
    if (message instanceof ServerError error) {
      answered(error);
    } else if (message instanceof List<?> list) {
      String kind = Subscription.text(list, 0);
      if (kind.endsWith("message")) {
        ServerEvent.of(list).ifPresent(classifier::removed);
      } else if (Subscription.text(list, 1).equals(Reserved.CHANNEL)) {
        probed();
      } else {
        answered(null);
      }
    }
  }

  private void answered(ServerError error) {
    lock.lock();
    try {
      refusal = error;
      subscribed++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void probed() {
    lock.lock();
    try {
      probing = false;
      if (classifier.probed()) {
        cutWanted = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    onProgress.run();
  }

  @Override
  public void close() {
    subscription.close();
    server.close();
    reader.close(0);
  }
}

package io.norn.agent.expiry;

import io.norn.agent.expiry.Classifier.Unseen;
import io.norn.agent.part.Worker;
import io.norn.net.Endpoint;
import io.norn.psync.Backoff;
import io.norn.server.ServerRefusedException;
import io.norn.stream.UnclassifiedDelete;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what a server removes by itself, so that ticks for its stream can tell. It connects again
 * and again, and sees to it that the server sends such events.
 */
public final class EventWatch implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(EventWatch.class);
  private static final String REMEDY =
      "set notify-keyspace-events to include Exe, or allow this user CONFIG SET and the channels"
          + " __keyevent@*";

  private static final long SWEEP_MILLIS = 1000;
  private static final int SWEEPS_PER_CHECK = 10;
  private static final long REFUSED_MILLIS = 10_000;
  private static final long CLOSE_MILLIS = 500;

  private final Endpoint endpoint;
  private final Unseen unseen;
  private final Classifier classifier;
  private final Runnable onProgress;
  private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
  private final Worker worker;
  private volatile EventSession session;
  private volatile boolean closed;
  private volatile String trouble = "not subscribed yet";
  private String reported = "";

  private EventWatch(
      Endpoint endpoint, Unseen unseen, Runnable onProgress, Consumer<String> onCrash) {
    this.endpoint = endpoint;
    this.unseen = unseen;
    this.classifier = new Classifier(unseen, System::currentTimeMillis);
    this.onProgress = onProgress;
    this.worker = new Worker("expiry-" + endpoint, this::run, onCrash);
  }

  /**
   * Of the own server: what was deleted while no subscription stood is taken for a client's.
   *
   * @param onProgress called when a tick may cover more
   * @param onCrash told in one line that a bug has ended the thread
   */
  public static EventWatch ofOwn(Endpoint endpoint, Runnable onProgress, Consumer<String> onCrash) {
    return new EventWatch(endpoint, Unseen.CLIENTS, onProgress, onCrash);
  }

  /** Of a peer's server: no tick covers what was deleted while no subscription stood. */
  public static EventWatch ofPeer(Endpoint endpoint, Consumer<String> onCrash) {
    return new EventWatch(endpoint, Unseen.LEFT_TO_OTHERS, () -> {}, onCrash);
  }

  public void start() {
    worker.start();
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      long pauseMillis = 0;
      try (EventSession fresh = new EventSession(endpoint, classifier, onProgress)) {
        adopt(fresh);
        pauseMillis = watch(fresh);
      } catch (ServerRefusedException e) {
        report(e.getMessage());
        pauseMillis = REFUSED_MILLIS;
      } catch (IOException e) {
        trouble = String.valueOf(e.getMessage());
        pauseMillis = backoff.nextMillis();
        LOG.debug("events of {}: {}", endpoint, trouble);
      } finally {
        session = null;
        classifier.lost();
        onProgress.run();
      }
      Thread.sleep(pauseMillis);
    }
  }

  private void adopt(EventSession fresh) throws InterruptedException {
    session = fresh;
    if (closed) {
      throw new InterruptedException();
    }
  }

  /** Returns how long to wait before it is tried again. */
  private long watch(EventSession current) throws IOException, InterruptedException {
    NotifySetting.Result setting = NotifySetting.ensure(current.server());
    report(setting.reason());
    boolean isOfUse = unseen == Unseen.CLIENTS ? setting.someEvents() : setting.reason().isEmpty();
    if (!isOfUse) {
      return REFUSED_MILLIS;
    }
    current.begin();
    backoff.reset();
    trouble = setting.reason();
    while (NotifySetting.ensure(current.server()).equals(setting)) {
      for (int i = 0; i < SWEEPS_PER_CHECK; i++) {
        current.serve(SWEEP_MILLIS);
        current.probe();
      }
    }
    return 0;
  }

  private void report(String reason) {
    if (!reason.isEmpty()) {
      trouble = reason;
    }
    if (!reason.isEmpty() && !reason.equals(reported)) {
      LOG.warn("{}: {}: {}; {}", endpoint, consequence(), reason, REMEDY);
    }
    reported = reason;
  }

  private String consequence() {
    return unseen == Unseen.CLIENTS
        ? "keys that expire or are evicted are taken for deleted by clients"
        : "deletes there are stamped by its own agent only, not by this one when that is away";
  }

  /** The stream shows a delete. */
  public void deleted(UnclassifiedDelete delete) {
    classifier.deleted(delete);
  }

  /** The stream was read up to an offset, and is stamped up to another. */
  public void read(long upto, long coveredUpto) {
    classifier.read(upto, coveredUpto);
  }

  /**
   * What a tick may cover; if that is not all, more is asked of the server.
   *
   * @param upto end of the last command to be covered
   */
  public Coverage coverage(long upto) {
    Coverage coverage = classifier.coverage(upto);
    EventSession current = session;
    if (coverage.upto() < upto && current != null) {
      current.probe();
    }
    return coverage;
  }

  /** A tick that covers so much was written. */
  public void written(Coverage coverage) {
    classifier.written(coverage);
  }

  /** {@code yes}, or {@code no} with the reason. */
  public String status() {
    String reason = trouble;
    return reason.isEmpty() ? "yes" : "no (" + reason + ")";
  }

  /** How many deletes were taken for clients' because no subscription stood. */
  public long unseenCount() {
    return classifier.unseenCount();
  }

  /** How many deletes were told to be the server's own. */
  public long serversCount() {
    return classifier.serversCount();
  }

  @Override
  public void close() {
    closed = true;
    EventSession current = session;
    if (current != null) {
      current.close();
    }
    worker.close(CLOSE_MILLIS);
  }
}

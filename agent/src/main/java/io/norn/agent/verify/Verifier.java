package io.norn.agent.verify;

import io.norn.agent.part.Worker;
import io.norn.command.MergePolicy;
import io.norn.net.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares all nodes when it is asked to, one time after the other. May be used by any thread. */
public final class Verifier implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

  private final Supplier<List<Endpoint>> endpoints;
  private final Supplier<MergePolicy> policy;
  private Worker worker;
  private Results results = new Results();
  private State state = State.IDLE;
  private String reason = "";

  /** Where a comparison stands. */
  private enum State {
    IDLE,
    RUNNING,
    DONE,
    FAILED,
    STOPPED
  }

  /**
   * Prepares it.
   *
   * @param endpoints the servers of all nodes, the own one first; asked at each start
   * @param policy says which keys stay at their nodes; asked at each start
   */
  public Verifier(Supplier<List<Endpoint>> endpoints, Supplier<MergePolicy> policy) {
    this.endpoints = endpoints;
    this.policy = policy;
  }

  /**
   * Begins; false if a comparison is running already.
   *
   * @param repairFrom node whose values the others shall take where they differ
   */
  public synchronized boolean start(Optional<String> repairFrom) {
    if (state == State.RUNNING) {
      return false;
    }
    Results fresh = new Results();
    Verification verification = new Verification(endpoints.get(), policy.get(), repairFrom, fresh);
    results = fresh;
    state = State.RUNNING;
    reason = "";
    worker = new Worker("verify", () -> run(verification), this::crashed);
    worker.start();
    return true;
  }

  private void run(Verification verification) {
    try {
      verification.run();
      ended(State.DONE, "");
    } catch (IOException e) {
      LOG.warn("Comparing ends: {}", e.getMessage());
      ended(State.FAILED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      ended(State.STOPPED, "");
    }
  }

  private void crashed(String line) {
    ended(State.FAILED, line);
  }

  private synchronized void ended(State how, String why) {
    state = how;
    reason = why;
  }

  /** Ends a comparison that is running. */
  public void stop() {
    Worker current;
    synchronized (this) {
      current = worker;
    }
    if (current != null) {
      current.close();
    }
  }

  /**
   * Where it stands and what it found.
   *
   * @param from index of the first difference to be shown
   */
  public synchronized Map<String, Object> fields(int from) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("state", state.name().toLowerCase(Locale.ROOT));
    fields.put("reason", reason);
    fields.putAll(results.fields(from));
    return fields;
  }

  @Override
  public void close() {
    stop();
  }
}

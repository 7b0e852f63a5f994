package io.norn.agent.link;

import io.norn.agent.node.NodeRecord;
import io.norn.agent.part.LinkState;
import io.norn.agent.part.LinkStatus;
import io.norn.agent.part.Worker;
import io.norn.psync.Backoff;
import io.norn.psync.PsyncRefusedException;
import io.norn.psync.PsyncSession;
import io.norn.server.ServerConnection;
import io.norn.server.ServerRefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one peer: connects again and again, decides how to go on with its stream, and keeps it
 * flowing into the journal.
 */
public final class PeerLink implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
  private static final long AGENT_POLL_MILLIS = 500;
  private static final long REFUSED_PAUSE_MILLIS = 5000;
  private static final long PAUSED_POLL_MILLIS = 200;
  private static final int ANSWER_MILLIS = 3000;

  /** A thread that waits for an unreachable peer is left behind: it finds the link closed. */
  private static final long CLOSE_MILLIS = 500;

  private final PeerContext context;
  private final LinkStatus status;
  private final PeerStream stream;
  private final PeerIdentity identity;
  private final Worker worker;
  private volatile Closeable connection = () -> {};
  private volatile boolean closed;
  private volatile boolean paused;

  /**
   * Prepares it; {@link #resume} and {@link #start} set it going.
   *
   * @throws IOException if the inbound journal cannot be used
   */
  public PeerLink(PeerContext context) throws IOException {
    this.context = context;
    this.status = new LinkStatus("peer " + context.endpoint());
    this.identity = new PeerIdentity(context.directory().nodeFile(), context.ownNode());
    this.stream = new PeerStream(context, status, identity);
    this.worker = new Worker("peer-" + context.endpoint(), this::run, context.onCrash());
  }

  /** Opens again what was being read before a restart, without the peer. */
  public void resume() throws IOException {
    stream.resume();
  }

  public void start() {
    worker.start();
  }

  private void run() throws InterruptedException {
    Backoff backoff = new Backoff(RandomGenerator.getDefault());
    while (!Thread.currentThread().isInterrupted()) {
      try {
        awaitUnpaused();
        status.change(LinkState.CONNECTING, "");
        connect(backoff);
      } catch (WaitingException e) {
        status.change(e.state(), e.getMessage());
        Thread.sleep(AGENT_POLL_MILLIS);
      } catch (PsyncRefusedException | ServerRefusedException e) {
        status.change(LinkState.REFUSED, e.getMessage());
        Thread.sleep(REFUSED_PAUSE_MILLIS);
      } catch (IOException e) {
        status.change(LinkState.BROKEN, String.valueOf(e.getMessage()));
        Thread.sleep(backoff.nextMillis());
      }
    }
  }

  private void awaitUnpaused() throws InterruptedException {
    while (paused) {
      status.change(LinkState.PAUSED, "by an operator, until it is resumed");
      Thread.sleep(PAUSED_POLL_MILLIS);
    }
  }

  /** Reads no more of the peer; what was read is applied. */
  public void pause() {
    if (!paused) {
      paused = true;
      closeConnection();
    }
  }

  /** Reads on. */
  public void unpause() {
    paused = false;
  }

  private void connect(Backoff backoff) throws IOException, InterruptedException {
    try {
      follow(backoff);
    } catch (UnreachableException e) {
      relay(e, backoff);
    }
  }

  /** A server that is there again may need a while until it can go on, for instance to load. */
  private void relay(UnreachableException e, Backoff backoff)
      throws IOException, InterruptedException {
    status.change(LinkState.BROKEN, String.valueOf(e.getMessage()));
    long before = stream.journal().end();
    if (closed || paused || !stream.relay(e.getMessage(), this::adopt)) {
      throw e;
    }
    if (stream.journal().end() > before) {
      backoff.reset();
    }
    Thread.sleep(backoff.nextMillis());
  }

  /** The link is taken for well again only when bytes come. */
  private void follow(Backoff backoff) throws IOException, InterruptedException {
    NodeRecord peer = reachRecord();
    identity.check(peer);
    context.policies().check(peer);
    context.agents().learn(context.endpoint(), peer);
    boolean isHeld;
    try (PsyncSession fresh = PsyncSession.open(context.settings())) {
      adopt(fresh);
      isHeld = stream.begin(fresh, peer);
      if (isHeld) {
        stream.pump(fresh, backoff::reset);
      }
    }
    if (!isHeld) {
      stream.catchUp(this::adopt);
      backoff.reset();
    }
  }

  private NodeRecord reachRecord() throws IOException, InterruptedException {
    try {
      return readRecord();
    } catch (WaitingException | ServerRefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreachableException(e);
    }
  }

  /** There is no time to lose where others can tell how the stream goes on. */
  private int answerMillis() throws IOException {
    return stream.canBeRelayed() ? ANSWER_MILLIS : ServerConnection.DEFAULT_TIMEOUT_MILLIS;
  }

  private NodeRecord readRecord() throws IOException, InterruptedException {
    try (ServerConnection server = ServerConnection.open(context.endpoint(), answerMillis())) {
      adopt(server);
      NodeRecord record = NodeRecord.read(server);
      if (!record.hasAgent()) {
        throw new WaitingException(
            LinkState.WAITING_FOR_AGENT,
            "no agent has run beside " + context.endpoint() + " yet: start one there");
      }
      return record;
    }
  }

  /** From here on closing the link closes the connection; nothing is begun in a closed link. */
  private void adopt(Closeable fresh) throws IOException, InterruptedException {
    connection = fresh;
    if (closed) {
      throw new InterruptedException();
    }
    if (paused) {
      throw new IOException("paused");
    }
  }

  public LinkStatus status() {
    return status;
  }

  /** What is being read of the peer. */
  public PeerStream stream() {
    return stream;
  }

  public PeerPolicies policies() {
    return context.policies();
  }

  /** True if the peer's stream is followed and nothing else of it is to be merged. */
  public boolean isMet() {
    return stream.id() != null && !stream.isMerging();
  }

  /** Node id of the peer; empty until it is known. */
  public String node() {
    return identity.node();
  }

  @Override
  public void close() {
    closed = true;
    closeConnection();
    worker.close(CLOSE_MILLIS);
    context.agents().forget(context.endpoint());
    stream.close();
    status.change(LinkState.STOPPED, "");
  }

  private void closeConnection() {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("{}", e.getMessage());
    }
  }
}

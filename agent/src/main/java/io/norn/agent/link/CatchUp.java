package io.norn.agent.link;

import io.norn.agent.part.Traffic;
import io.norn.net.Endpoint;
import io.norn.psync.LinkSettings;
import io.norn.psync.Position;
import io.norn.psync.PsyncRefusedException;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Goes on with a stream from the journals of agents, where its primary does not hold the position
 * any more or cannot be reached, until the primary can go on itself. So nobody needs a full sync.
 */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int CONNECT_TIMEOUT_MILLIS = 2000;

  private static final int REPLID_LENGTH = 40;
  private static final String NOT_HELD = "NOTHELD";

  private final JournaledStream stream;
  private final Connections connections;
  private final Manner manner;
  private final Consumer<Endpoint> onFlow;
  private final Traffic traffic;

  /** Is told of each connection, to be able to close it; may throw to go no further. */
  interface Connections {
    void adopt(Closeable connection) throws IOException, InterruptedException;
  }

  /**
   * What it is done for.
   *
   * <p>An agent that follows the stream itself sends on a sign of life each second.
   */
  enum Manner {
    /** The primary does not hold what is missing. */
    MISSED_PART(5000, Level.INFO, Level.WARN),
    /** The primary cannot be reached, which may last: so not every try is logged. */
    RELAY(3000, Level.DEBUG, Level.DEBUG);

    private final int silenceMillis;
    private final Level news;
    private final Level refusals;

    Manner(int silenceMillis, Level news, Level refusals) {
      this.silenceMillis = silenceMillis;
      this.news = news;
      this.refusals = refusals;
    }
  }

  /** How it went. */
  enum Result {
    /** There is more of the stream now. */
    ADVANCED,
    /** Some agent could not be asked, and none of the others has it. */
    UNREACHABLE,
    /** No agent has it. */
    NOT_HELD
  }

  /** For the part that a primary does not hold. */
  CatchUp(JournaledStream stream, Connections connections, Traffic traffic) {
    this(stream, connections, Manner.MISSED_PART, agent -> {}, traffic);
  }

  /**
   * Prepares it.
   *
   * @param onFlow told of the agent whenever some bytes of it were journaled
   */
  CatchUp(
      JournaledStream stream,
      Connections connections,
      Manner manner,
      Consumer<Endpoint> onFlow,
      Traffic traffic) {
    this.stream = stream;
    this.connections = connections;
    this.manner = manner;
    this.onFlow = onFlow;
    this.traffic = traffic;
  }

  /**
   * Asks one agent after the other until one has more of the stream, and takes it.
   *
   * @param agents where they answer
   */
  Result from(List<Endpoint> agents) throws InterruptedException {
    Result result = Result.NOT_HELD;
    for (Endpoint agent : agents) {
      Result one = from(agent);
      if (one == Result.ADVANCED) {
        return one;
      }
      result = one == Result.UNREACHABLE ? one : result;
    }
    return result;
  }

  private Result from(Endpoint agent) throws InterruptedException {
    long before = stream.journal().end();
    Result otherwise = Result.NOT_HELD;
    try {
      otherwise = take(agent);
    } catch (PsyncRefusedException e) {
      LOG.atLevel(manner.refusals)
          .log("{} does not let us go on with {}: {}", agent, stream.name(), e.getMessage());
    } catch (IOException e) {
      otherwise = Result.UNREACHABLE;
      LOG.debug("{}: {}", agent, e.getMessage());
    }
    return stream.journal().end() > before ? Result.ADVANCED : otherwise;
  }

  private Result take(Endpoint agent) throws IOException, InterruptedException {
    try (PsyncSession session = PsyncSession.open(settings(agent))) {
      connections.adopt(session);
      Position at = new Position(stream.name(), stream.journal().end());
      SyncReply reply = session.sync(new SyncRequest(Optional.of(at), SyncRequest.Snapshot.EMPTY));
      if (reply instanceof SyncReply.Continue next) {
        LOG.atLevel(manner.news)
            .log("Going on with {} from the journal of the agent {}", at, agent);
        goOn(session, agent, next.replid());
        return Result.ADVANCED;
      }
      LOG.atLevel(manner.news).log("The agent {} cannot go on with {}: {}", agent, at, reply);
      boolean isKnown = reply instanceof SyncReply.Refused no && no.reason().contains(NOT_HELD);
      return isKnown ? Result.NOT_HELD : Result.UNREACHABLE;
    }
  }

  /** Ends when the primary can go on, or with the session. */
  private void goOn(PsyncSession session, Endpoint agent, String replid)
      throws IOException, InterruptedException {
    if (replid.length() == REPLID_LENGTH && !replid.equals(stream.name())) {
      stream.replidFile().write(replid);
    }
    StreamPump.Sink sink = StreamPump.Sink.onFlow(() -> onFlow.accept(agent), traffic);
    try (HandBack handBack = new HandBack(stream.primary().endpoint(), stream::position)) {
      new StreamPump(session, stream.journal(), stream.policy(), stream.name(), sink, trouble -> {})
          .run(handBack);
    }
  }

  private LinkSettings settings(Endpoint agent) {
    LinkSettings primary = stream.primary();
    return new LinkSettings(
        agent,
        primary.listeningPort(),
        primary.announceIp(),
        CONNECT_TIMEOUT_MILLIS,
        manner.silenceMillis);
  }
}

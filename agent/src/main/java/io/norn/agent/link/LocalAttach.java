package io.norn.agent.link;

import io.norn.agent.node.Checkpoint;
import io.norn.agent.node.DataDirectory;
import io.norn.agent.node.NodeRecord;
import io.norn.agent.node.SmallFile;
import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.StreamRange;
import io.norn.psync.LinkSettings;
import io.norn.psync.Position;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.stream.DecoderState;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first step of a start: attaches to the local server without copying its dataset, where the
 * journal ends if that is possible.
 */
public final class LocalAttach {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAttach.class);

  private final String node;
  private final DataDirectory directory;
  private final LinkSettings settings;

  public LocalAttach(String node, DataDirectory directory, LinkSettings settings) {
    this.node = node;
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * An attached link.
   *
   * @param session in its stream phase, at the journal's end
   * @param checkpoint from where the window is built
   * @param continued false if the stream starts anew: what was written before is not remembered
   */
  public record Attached(PsyncSession session, Checkpoint checkpoint, boolean continued) {}

  /** File with the server's current replid, which may change while the stream goes on. */
  public static SmallFile replidFile(DataDirectory directory) {
    return directory.file("local-replid");
  }

  /** File with the place from which the window is built. */
  public static SmallFile checkpointFile(DataDirectory directory) {
    return directory.file("checkpoint");
  }

  /**
   * Attaches.
   *
   * @param journal the outbound journal
   * @param server what the server says about its node
   */
  public Attached attach(Journal journal, NodeRecord server) throws IOException {
    Optional<Checkpoint> saved = usableCheckpoint(journal);
    PsyncSession session = PsyncSession.open(settings);
    try {
      Optional<Position> from = saved.isEmpty() ? Optional.empty() : Optional.of(end(journal));
      SyncReply reply = session.sync(new SyncRequest(from, SyncRequest.Snapshot.EMPTY));
      if (reply instanceof SyncReply.Continue next) {
        replidFile(directory).write(next.replid());
        return new Attached(session, saved.orElseThrow(), true);
      }
      if (reply instanceof SyncReply.FullResync full) {
        session.skipSnapshot();
        return new Attached(session, startAnew(full.at(), journal, server), false);
      }
      throw new IOException(settings.endpoint() + ": " + reply);
    } catch (IOException e) {
      session.close();
      throw e;
    }
  }

  private Position end(Journal journal) throws IOException {
    StreamRange latest = journal.latest().orElseThrow();
    return new Position(replidFile(directory).read().orElse(latest.stream()), latest.endOffset());
  }

  private Optional<Checkpoint> usableCheckpoint(Journal journal) throws IOException {
    Optional<Checkpoint> saved = readCheckpoint();
    return saved.filter(
        checkpoint ->
            journal.latest().isPresent()
                && checkpoint.own().node().equals(node)
                && holds(journal.latest().get(), checkpoint));
  }

  private Optional<Checkpoint> readCheckpoint() throws IOException {
    SmallFile file = checkpointFile(directory);
    try {
      return file.read().map(Checkpoint::decode);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is not used: {}", file.path(), e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean holds(StreamRange range, Checkpoint checkpoint) {
    long offset = checkpoint.state().offset();
    return range.stream().equals(checkpoint.own().stream())
        && range.firstOffset() <= offset
        && offset <= range.endOffset();
  }

  private Checkpoint startAnew(Position at, Journal journal, NodeRecord server) throws IOException {
    if (journal.latest().isPresent()) {
      LOG.warn(
          "The local server cannot continue the stream journaled up to {}; it starts anew at {}",
          journal.end(),
          at);
    }
    StreamId id = new StreamId(node, streamName(at, journal, server));
    journal.append(id.stream(), at.offset(), 0, new byte[0], 0, 0);
    Checkpoint checkpoint = new Checkpoint(id, DecoderState.at(at.offset()), server.vector());
    checkpointFile(directory).write(checkpoint.encode());
    replidFile(directory).write(at.replid());
    return checkpoint;
  }

  /** A history keeps its name even when a part of it was missed; readers of it know it by that. */
  private String streamName(Position at, Journal journal, NodeRecord server) throws IOException {
    boolean sameHistory =
        replidFile(directory).read().filter(at.replid()::equals).isPresent()
            && journal.latest().isPresent();
    if (!sameHistory) {
      return at.replid();
    }
    String known = journal.latest().get().stream();
    return server.stream().stream().equals(known) ? known + "." + at.offset() : at.replid();
  }
}

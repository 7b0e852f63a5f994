package io.norn.agent.link;

import io.norn.agent.node.Checkpoint;
import io.norn.agent.node.NodeRecord;
import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.StreamRange;
import io.norn.psync.LinkSettings;
import io.norn.psync.Position;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.psync.TryLaterException;
import io.norn.stream.DecoderState;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first step of a start: attaches to the local server without copying its dataset, where the
 * journal ends if that is possible.
 */
public final class LocalAttach {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAttach.class);

  private final String node;
  private final LocalFiles files;
  private final LinkSettings settings;
  private final MissedPart missed;

  /**
   * Prepares it.
   *
   * @param missed gets what the server does not hold any more of the own stream
   */
  public LocalAttach(String node, LocalFiles files, LinkSettings settings, MissedPart missed) {
    this.node = node;
    this.files = files;
    this.settings = settings;
    this.missed = missed;
  }

  /**
   * An attached link.
   *
   * @param session in its stream phase, at the journal's end
   * @param checkpoint from where the window is built
   * @param largestHlc the largest clock value seen at the server; 0 if the checkpoint has it
   */
  public record Attached(PsyncSession session, Checkpoint checkpoint, long largestHlc) {}

  /** Reads what the server says about its node. */
  @FunctionalInterface
  public interface RecordSource {
    NodeRecord read() throws IOException;
  }

  /**
   * Attaches.
   *
   * @param journal the outbound journal
   * @param source asked once the stream is attached to, if it starts anew
   */
  public Attached attach(Journal journal, RecordSource source) throws IOException {
    Optional<Checkpoint> saved = usableCheckpoint(journal);
    if (saved.isPresent()) {
      missed.fetch(saved.get().own().stream(), journal, files.replid());
    }
    PsyncSession session = PsyncSession.open(settings);
    try {
      return attach(session, saved, journal, source);
    } catch (IOException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private Attached attach(
      PsyncSession session, Optional<Checkpoint> saved, Journal journal, RecordSource source)
      throws IOException {
    Optional<Position> from = saved.isEmpty() ? Optional.empty() : Optional.of(end(journal));
    SyncReply reply = session.sync(new SyncRequest(from, SyncRequest.Snapshot.EMPTY));
    if (reply instanceof SyncReply.Continue next) {
      files.replid().write(next.replid());
      return new Attached(session, saved.orElseThrow(), 0);
    } else if (reply instanceof SyncReply.FullResync full) {
      from.ifPresent(asked -> report(LostStream.why(session.primary(), asked)));
      session.skipSnapshot();
      return startAnew(session, full.at(), journal, source);
    } else if (reply instanceof SyncReply.TryLater later) {
      throw new TryLaterException(later.reason());
    }
    throw new IOException(((SyncReply.Refused) reply).reason());
  }

  private void report(String why) {
    LOG.warn("The stream of {} starts anew: {}", settings.endpoint(), why);
  }

  private Position end(Journal journal) throws IOException {
    StreamRange latest = journal.latest().orElseThrow();
    String replid = files.replid().read().orElse(StreamName.replid(latest.stream()));
    return new Position(replid, latest.endOffset());
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
    try {
      return files.checkpoint().read().map(Checkpoint::decode);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is not used: {}", files.checkpoint().path(), e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean holds(StreamRange range, Checkpoint checkpoint) {
    long offset = checkpoint.state().offset();
    return range.stream().equals(checkpoint.own().stream())
        && range.firstOffset() <= offset
        && offset <= range.endOffset();
  }

  /**
   * The vector is read behind the place at which the stream begins: what a transaction of an agent
   * that is gone still moves is then in the vector, in the stream, or in both, never in neither.
   */
  private Attached startAnew(
      PsyncSession session, Position at, Journal journal, RecordSource source) throws IOException {
    NodeRecord server = source.read();
    StreamId id = new StreamId(node, StreamName.fresh(at, usedNames(journal, server)));
    Checkpoint checkpoint =
        new Checkpoint(id, DecoderState.at(at.offset()), server.vector(), at.offset());
    // A crash in between must not pair the journal's old stream with the new replid.
    files.checkpoint().delete();
    files.replid().write(at.replid());
    journal.append(id.stream(), at.offset(), 0, new byte[0], 0, 0);
    files.checkpoint().write(checkpoint.encode());
    return new Attached(session, checkpoint, server.largestHlc());
  }

  private Set<String> usedNames(Journal journal, NodeRecord server) throws IOException {
    Set<String> used = new HashSet<>();
    journal.streams().forEach(range -> used.add(range.stream()));
    used.add(server.stream().stream());
    readCheckpoint().ifPresent(checkpoint -> used.add(checkpoint.own().stream()));
    return used;
  }
}

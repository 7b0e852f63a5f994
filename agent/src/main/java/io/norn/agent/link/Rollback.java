package io.norn.agent.link;

import io.norn.agent.node.Checkpoint;
import io.norn.agent.node.CheckpointHistory;
import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.StreamRange;
import io.norn.psync.Position;
import io.norn.psync.PrimaryInfo;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.stream.Succession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server goes on from an older place of the own stream under a new replid: it was restarted
 * from a snapshot, or a replica has taken over that had not got all. What the journals hold behind
 * that place is restored; nothing of it is lost.
 */
final class Rollback {
  private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

  private final StreamId left;
  private final LocalFiles files;
  private final Journal journal;
  private final MissedPart missed;

  /**
   * Prepares it.
   *
   * @param left the own stream up to now
   */
  Rollback(StreamId left, LocalFiles files, Journal journal, MissedPart missed) {
    this.left = left;
    this.files = files;
    this.journal = journal;
    this.missed = missed;
  }

  /**
   * Where the server goes on.
   *
   * @param from in its own words
   * @param at the same place in the own stream
   * @param checkpoint from where the window of that place can be built
   */
  record Place(Position from, long at, Checkpoint checkpoint) {}

  /** Empty if the server's data are not a place of the own stream from which it can be told. */
  Optional<Place> find(PrimaryInfo server) throws IOException {
    Position from = new Position(server.replid2(), server.secondReplOffset() - 1);
    if (from.offset() < 0 || !server.canContinue(from)) {
      return Optional.empty();
    }
    long at = placeOf(from);
    Optional<Checkpoint> checkpoint =
        at < 0 ? Optional.empty() : files.readHistory().before(left, at);
    return checkpoint.map(found -> new Place(from, at, found));
  }

  /** Negative for none. */
  private long placeOf(Position from) throws IOException {
    StreamRange range = journal.latest().orElseThrow();
    if (from.replid().equals(files.replid().read().orElse(StreamName.replid(left.stream())))) {
      return InboundJournal.holds(range, from.offset()) ? from.offset() : -1;
    }
    // The snapshot is older than the stream itself: the same one as when that began.
    return files.successions().stream()
        .filter(each -> each.to().equals(left.stream()) && each.at() == from.offset())
        .filter(each -> StreamName.replid(each.from()).equals(from.replid()))
        .mapToLong(Succession::start)
        .findFirst()
        .orElse(-1);
  }

  /** Goes on there. Whatever is found of the old stream by then counts. */
  LocalAttach.Attached goOn(PsyncSession session, Place place, Set<String> usedNames)
      throws IOException {
    SyncReply reply =
        session.sync(new SyncRequest(Optional.of(place.from()), SyncRequest.Snapshot.EMPTY));
    if (!(reply instanceof SyncReply.Continue next)) {
      throw new IOException("the local server cannot go on from " + place.from() + ": " + reply);
    }
    missed.collect(left.stream(), journal, files.replid());
    long start = place.from().offset();
    String name = StreamName.fresh(new Position(next.replid(), start), usedNames);
    long hlc = System.currentTimeMillis() * 1000;
    Succession succession =
        new Succession(left.stream(), place.at(), name, start, journal.end(), hlc);
    LOG.warn(
        "The local server came back with older data: {} bytes of its stream are restored ({})",
        journal.end() - place.at(),
        succession);
    note(succession, place.checkpoint(), next.replid());
    List<Succession> all = files.successions();
    return new LocalAttach.Attached(
        session, place.checkpoint(), hlc, succession.next(left.node()), all);
  }

  /** In an order in which a crash in between is found as if nothing had happened. */
  private void note(Succession succession, Checkpoint checkpoint, String replid)
      throws IOException {
    files.add(succession);
    files.checkpoint().write(checkpoint.encode());
    CheckpointHistory history = files.readHistory();
    history.add(succession.next(left.node()), succession.start(), checkpoint);
    journal.append(succession.to(), succession.start(), 0, new byte[0], 0, 0);
    files.replid().write(replid);
  }
}

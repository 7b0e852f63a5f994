package io.norn.agent.join;

import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.Op;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import io.norn.merge.MergeState;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.stream.Change;
import io.norn.stream.DecoderState;
import io.norn.stream.Marker;
import io.norn.stream.Progress;
import io.norn.stream.StreamDecoder;
import io.norn.stream.StreamItem;
import io.norn.stream.StreamItem.AppliedBatch;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.VersionVector;
import io.norn.window.KeySet;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that were written here by commands which merging knows no rule for, and which a snapshot
 * does not hold. The window does not remember such commands; the journal of the own stream does.
 */
final class OpaqueKeys {
  private static final Logger LOG = LoggerFactory.getLogger(OpaqueKeys.class);

  private final CommandTable table = new CommandTable();
  private final KeySet keys = new KeySet();
  private final StreamId peer;
  private final VersionVector vector;

  private OpaqueKeys(StreamId peer, VersionVector vector) {
    this.peer = peer;
    this.vector = vector;
  }

  /** Reads the own stream from where the snapshot holds it; none if the journal is too short. */
  static KeySet since(JoinContext context, Snapshot snapshot) {
    StreamId own = context.monitor().with(MergeState::ownStream);
    Progress from = snapshot.vector().get(own);
    OpaqueKeys opaque = new OpaqueKeys(snapshot.stream(), snapshot.vector());
    if (from != null) {
      try (JournalReader reader = context.outbound().reader(own.stream(), from.offset())) {
        opaque.read(reader, new Source(own, DecoderState.of(from), opaque::add));
      } catch (IOException e) {
        LOG.info("The journal cannot tell all that was written here: {}", e.getMessage());
      }
    }
    return opaque.keys;
  }

  /** Framer and decoder of the own stream. */
  private static final class Source {
    private final CommandFramer framer;
    private final StreamDecoder decoder;

    Source(StreamId own, DecoderState start, java.util.function.Consumer<StreamItem> out) {
      framer = new CommandFramer(start.offset(), RespLimits.DEFAULT);
      decoder = new StreamDecoder(own, start, VersionVector.EMPTY, out);
    }

    void take(byte[] bytes) throws IOException {
      framer.feed(bytes, 0, bytes.length);
      while (framer.next()) {
        decoder.accept(framer.command(), framer.endOffset());
      }
    }
  }

  private void read(JournalReader reader, Source source) throws IOException {
    for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
      source.take(entry.bytes());
    }
  }

  private void add(StreamItem item) {
    if (item instanceof ChangeUnit unit) {
      unit.changes().forEach(this::add);
    } else if (item instanceof AppliedBatch batch && isLacked(batch.marker())) {
      batch.commands().forEach(this::add);
    }
  }

  private boolean isLacked(Marker marker) {
    return marker.advanced().entrySet().stream()
        .anyMatch(
            entry ->
                !entry.getKey().node().equals(peer.node())
                    && !vector.covers(entry.getKey(), entry.getValue().offset()));
  }

  private void add(Change change) {
    for (Op op : table.parse(change, 0)) {
      if (op instanceof Op.Opaque opaque) {
        opaque.keys().forEach(keys::add);
      }
    }
  }
}

package io.norn.agent.link;

import io.norn.clock.StreamId;
import io.norn.journal.StreamRange;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.Succession;
import java.io.IOException;
import java.util.Optional;

/** Where reading a peer's streams goes on after a restart, from what is on disk alone. */
final class Resumption {
  private final PeerContext context;
  private final InboundJournal inbound;

  Resumption(PeerContext context, InboundJournal inbound) {
    this.context = context;
    this.inbound = inbound;
  }

  /**
   * At the checkpoint, or, if the stream was joined or begun after that, at its beginning. Empty if
   * it was neither.
   */
  Optional<DecoderState> of(StreamId stream, StreamRange range) throws IOException {
    Progress checkpoint = context.monitor().with(state -> state.applied().get(stream));
    if (checkpoint != null && InboundJournal.holds(range, checkpoint.offset())) {
      return Optional.of(DecoderState.of(checkpoint));
    }
    Progress joined = context.atStart().get(stream);
    boolean isJoined = joined != null && InboundJournal.holds(range, joined.offset());
    return isJoined || inbound.isSuccessor(stream) ? inbound.startOf(range) : Optional.empty();
  }

  /** Opens what may not be applied yet of streams that the peer's server has left. */
  void openLeft(String node, OldFeeds old) throws IOException {
    for (Succession left : inbound.successions()) {
      StreamId stream = left.old(node);
      Progress applied = context.progress(stream);
      Optional<StreamRange> range = inbound.rangeOf(stream);
      if (applied != null
          && range.isPresent()
          && InboundJournal.holds(range.get(), applied.offset())) {
        old.open(stream, DecoderState.of(applied), inbound.journal(), left.closing());
      }
    }
  }
}

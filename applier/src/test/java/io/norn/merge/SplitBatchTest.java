package io.norn.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.stream.Change;
import io.norn.stream.DecoderState;
import io.norn.stream.Marker;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem;
import io.norn.stream.StreamItem.AppliedBatch;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A peer's marked transaction, from 100 to 180, in which its server removed a key, at 140. */
class SplitBatchTest {
  private static final StreamId OWN = new StreamId("a", "sa");
  private static final StreamId PEER = new StreamId("b", "sb");
  private static final StreamId THIRD = new StreamId("c", "sc");
  private static final DecoderState BEFORE = new DecoderState(100, 0, 5);
  private static final DecoderState BEHIND = new DecoderState(180, 0, 9);

  private final Marker marker = new Marker("i", 4, Map.of(THIRD, new Progress(50, 8, 0, 4)));
  private final StreamItem batch =
      new AppliedBatch(marker, VersionVector.of(marker.advanced()), List.of(), BEFORE, 140);
  private final StreamItem unit =
      new ChangeUnit(
          PEER,
          9,
          List.of(new Change(0, new byte[][] {Text.bytes("NORN.EXPIRED"), Text.bytes("k")}, 140)),
          VersionVector.EMPTY,
          BEHIND);
  private final MergeState state =
      new MergeState(
          OWN,
          DecoderState.at(0),
          VersionVector.of(Map.of(PEER, at(100))),
          new SilentEvents(),
          new CommandTable());

  @Test
  void shouldTakeTheDeleteOnce() {
    state.inboxes().open(PEER, BEFORE);
    for (StreamItem item : List.of(batch, unit, batch, unit)) {
      state.inbound(PEER, item);
    }

    Proposal proposal = state.propose(Map.of(), new BatchLimits(100, 1 << 20));

    assertThat(proposal.units()).containsExactly((ChangeUnit) unit);
    assertThat(MergeState.progressAfter(proposal, 7))
        .containsExactly(Map.entry(PEER, new Progress(180, 9, 0, 7)));
  }

  @Test
  void shouldNeverResumeInsideTheTransaction() {
    state.inboxes().open(PEER, BEFORE);
    state.inbound(PEER, batch);
    assertThat(state.writableVector()).containsEntry(PEER, at(100));

    state.inbound(PEER, unit);
    assertThat(state.writableVector()).containsEntry(PEER, at(100));
  }

  @Test
  void shouldTakeTheDeleteWhenReadingIsResumedBetween() {
    state.inboxes().open(PEER, BEFORE);
    state.inbound(PEER, batch);
    state.inboxes().open(PEER, BEFORE);
    state.inbound(PEER, batch);
    state.inbound(PEER, unit);

    assertThat(state.propose(Map.of(), new BatchLimits(100, 1 << 20)).units()).hasSize(1);
  }

  private static Progress at(long offset) {
    return new Progress(offset, 5, 0, 3);
  }
}

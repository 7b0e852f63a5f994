package io.norn.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.stream.Change;
import io.norn.stream.DecoderState;
import io.norn.stream.Marker;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Streams that wait for a snapshot of their node, and what snapshots say of third nodes. */
class HeldStreamTest {
  private static final StreamId OWN = new StreamId("a", "ra");
  private static final StreamId PEER = new StreamId("b", "rb");
  private static final StreamId THIRD = new StreamId("c", "rc");
  private static final BatchLimits LIMITS = new BatchLimits(100, 1 << 20);

  private final MergeState state =
      new MergeState(
          OWN, DecoderState.at(0), VersionVector.EMPTY, new SilentEvents(), new CommandTable());

  @Test
  void shouldTakeAnItemOnceThoughTwoReadersBringIt() {
    state.inboxes().open(PEER, DecoderState.at(0));
    state.inbound(PEER, unit(PEER, 10));
    state.inbound(PEER, unit(PEER, 20));
    state.inbound(PEER, unit(PEER, 10));
    state.inbound(PEER, unit(PEER, 20));
    assertThat(state.propose(Map.of(), LIMITS).units()).hasSize(2);
  }

  @Test
  void shouldNotPressOnAHeldStreamBeforeItsSnapshotIsKnown() {
    state.inboxes().open(PEER, DecoderState.at(0));
    state.inboxes().hold(PEER);
    state.inbound(PEER, unit(PEER, 10));
    assertThat(state.inboxes().pressureBytes(PEER)).isZero();
    assertThat(state.inboxes().keepHeldFrom(PEER, 10)).isTrue();
    state.inboxes().limitHeld(PEER);
    assertThat(state.inboxes().pressureBytes(PEER)).isZero();
    state.inbound(PEER, unit(PEER, 20));
    assertThat(state.inboxes().pressureBytes(PEER)).isPositive();
  }

  @Test
  void shouldRefuseASnapshotThatIsOlderThanWhatIsStillHeld() {
    state.inboxes().open(PEER, DecoderState.at(0));
    state.inboxes().hold(PEER);
    byte[] large = new byte[40 << 20];
    state.inbound(PEER, unit(PEER, 10, large));
    state.inbound(PEER, unit(PEER, 20, large));
    assertThat(state.inboxes().keepHeldFrom(PEER, 5)).isFalse();
    assertThat(state.inboxes().keepHeldFrom(PEER, 10)).isTrue();
    assertThat(state.inboxes().heldStateAt(PEER, 15).offset()).isEqualTo(10);
  }

  @Test
  void shouldReleaseAHeldStreamWhenItsSnapshotShowsInTheOwnStream() {
    state.inboxes().open(PEER, DecoderState.at(100));
    state.inboxes().hold(PEER);
    state.inbound(PEER, unit(PEER, 120));
    mark(50, Map.of(PEER, progress(90, 3)));
    assertThat(state.inboxes().isHeld(PEER)).isTrue();
    mark(60, Map.of(PEER, progress(120, 0)));
    assertThat(state.inboxes().isHeld(PEER)).isFalse();
    assertThat(state.propose(Map.of(), LIMITS)).isNull();
  }

  @Test
  void shouldNotWaitForAThirdNodeOfWhichASnapshotHoldsMore() {
    state.inboxes().open(THIRD, DecoderState.at(0));
    state.inbound(THIRD, unit(THIRD, 10));
    mark(50, Map.of(THIRD, progress(30, -1)));
    assertThat(state.backlog().isStalled()).isFalse();
    assertThat(state.applied().offset(THIRD)).isEqualTo(30);
    state.inbound(THIRD, unit(THIRD, 30));
    state.inbound(THIRD, unit(THIRD, 40));
    assertThat(state.propose(Map.of(), LIMITS).units()).hasSize(1);
  }

  @Test
  void shouldTakeOverFromASnapshotOnlyWhatIsNotInAndNotWaitingForItsOwn() {
    StreamId held = new StreamId("d", "rd");
    state.inboxes().open(THIRD, DecoderState.at(0));
    state.inbound(THIRD, unit(THIRD, 30));
    mark(50, Map.of(THIRD, progress(30, 4)));
    state.inboxes().open(held, DecoderState.at(0));
    state.inboxes().hold(held);
    state.inboxes().open(PEER, DecoderState.at(7));
    state.inboxes().hold(PEER);
    StreamId unknown = new StreamId("e", "re");
    VersionVector vector =
        VersionVector.of(
            Map.of(
                THIRD, progress(20, 9),
                held, progress(5, 9),
                unknown, progress(6, 9),
                OWN, progress(40, 9)));
    assertThat(state.progressAfterSnapshot(PEER, 8, vector))
        .containsOnly(Map.entry(unknown, progress(6, -1)), Map.entry(PEER, progress(7, 0)));
  }

  private void mark(long endOffset, Map<StreamId, Progress> advanced) {
    state.own(new Marker("i", endOffset, advanced).asWrite(), endOffset);
  }

  private static Progress progress(long offset, long batch) {
    return new Progress(offset, 0, 0, batch);
  }

  private static ChangeUnit unit(StreamId stream, long endOffset) {
    return unit(stream, endOffset, Text.bytes("v"));
  }

  private static ChangeUnit unit(StreamId stream, long endOffset, byte[] value) {
    byte[][] args = {Text.bytes("SET"), Text.bytes("k"), value};
    return new ChangeUnit(
        stream,
        endOffset,
        List.of(new Change(0, args, endOffset)),
        VersionVector.EMPTY,
        new DecoderState(endOffset, 0, endOffset));
  }
}

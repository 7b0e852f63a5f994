package io.norn.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.stream.Change;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.StreamItem.Message;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WritableVectorTest {
  private static final StreamId OWN = new StreamId("a", "sa");
  private static final StreamId PEER = new StreamId("b", "sb");
  private static final Progress JOINED = new Progress(100, 7, 0, 3);

  private final MergeState state =
      new MergeState(
          OWN,
          DecoderState.at(0),
          VersionVector.of(Map.of(PEER, JOINED)),
          new SilentEvents(),
          new CommandTable());

  @Test
  void shouldShowHowFarAStreamWithoutChangesWasRead() {
    state.inboxes().open(PEER, DecoderState.of(JOINED));
    state.inbound(PEER, new Message("h", VersionVector.EMPTY, new DecoderState(150, 3, 9)));
    assertThat(state.writableVector()).containsEntry(PEER, new Progress(150, 9, 3, 3));
  }

  @Test
  void shouldNotPassAChangeThatWaits() {
    state.inboxes().open(PEER, DecoderState.of(JOINED));
    Change change = new Change(0, new byte[][] {Text.bytes("DEL"), Text.bytes("k")}, 120);
    state.inbound(
        PEER,
        new ChangeUnit(PEER, 8, List.of(change), VersionVector.EMPTY, new DecoderState(120, 0, 8)));
    state.inbound(PEER, new Message("h", VersionVector.EMPTY, new DecoderState(150, 0, 9)));
    assertThat(state.writableVector()).containsEntry(PEER, JOINED);
  }

  @Test
  void shouldNotPassWhatASnapshotThatIsMergedMayLack() {
    state.inboxes().open(PEER, DecoderState.of(JOINED));
    state.inboxes().hold(PEER);
    state.inbound(PEER, new Message("h", VersionVector.EMPTY, new DecoderState(150, 0, 9)));
    assertThat(state.writableVector()).containsEntry(PEER, JOINED);
  }
}

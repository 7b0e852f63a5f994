package io.norn.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.stream.Change;
import io.norn.stream.DecoderState;
import io.norn.stream.Marker;
import io.norn.stream.Progress;
import io.norn.stream.StreamDecoder;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Succession;
import io.norn.stream.Text;
import io.norn.stream.Tick;
import io.norn.stream.VersionVector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The own server came back with what stood up to 30 in its stream, of which journals hold 60; the
 * command that ends there no tick has covered.
 */
class RolledBackTest {
  private static final StreamId LEFT = new StreamId("a", "r");
  private static final StreamId NEXT = new StreamId("a", "n");
  private static final StreamId PEER = new StreamId("b", "rb");
  private static final BatchLimits LIMITS = new BatchLimits(100, 1 << 20);
  private static final Succession SUCCESSION = new Succession("r", 30, "n", 30, 60, 300);
  private static final Tick BEHIND = new Tick(200, "r", 40);

  private final MergeState state =
      new MergeState(
          LEFT,
          DecoderState.at(0),
          VersionVector.EMPTY,
          new OwnEvents() {
            @Override
            public void applied(Marker marker) {}

            @Override
            public void message(String text) {}

            @Override
            public void reservedTouched() {}
          },
          new CommandTable());

  @BeforeEach
  void rollBack() {
    state.forgetting().join("b");
    state.own(command("SET", "k", "held"), 10);
    state.own(new Tick(100, "r", 10).asWrite(), 20);
    state.own(command("SET", "early", "held"), 30);
    state.foresee(BEHIND);
    state.foresee(SUCCESSION.closing());
    state.continueAs(SUCCESSION);
  }

  private static byte[][] command(String... words) {
    return Arrays.stream(words).map(Text::bytes).toArray(byte[][]::new);
  }

  /** What the journal holds of the old stream behind what the server has. */
  private void readTheRest() {
    Progress applied = state.applied().get(LEFT);
    state.inboxes().open(LEFT, DecoderState.of(applied));
    StreamDecoder rest =
        new StreamDecoder(
            LEFT, DecoderState.of(applied), VersionVector.EMPTY, item -> state.inbound(LEFT, item));
    rest.accept(command("SET", "lost", "1"), 40);
    rest.accept(BEHIND.asWrite(), 50);
    rest.accept(command("SET", "unstamped", "1"), 60);
    rest.foresee(SUCCESSION.closing());
  }

  private List<String> decided() {
    Proposal proposal = state.propose(Map.of(), LIMITS);
    return state.decide(proposal, Facts.NOTHING, 0).emissions().stream()
        .map(each -> String.join(" ", Arrays.stream(each.command()).map(Text::latin1).toList()))
        .toList();
  }

  @Test
  void shouldGoOnUnderTheNewNameWithWhatTheServerHolds() {
    assertThat(state.backlog().isStalled()).isFalse();
    assertThat(state.ownStream()).isEqualTo(NEXT);
    assertThat(state.processed()).isEqualTo(DecoderState.at(30));
    assertThat(state.applied().offset(LEFT)).isEqualTo(30);
  }

  @Test
  void shouldStillKnowWhatWasWrittenBefore() {
    state.inboxes().open(PEER, DecoderState.at(0));
    Change older = new Change(0, command("SET", "k", "older"), 10);
    state.inbound(
        PEER,
        new ChangeUnit(PEER, 99, List.of(older), VersionVector.EMPTY, new DecoderState(10, 0, 99)));
    assertThat(decided()).isEmpty();
  }

  @Test
  void shouldRestoreWithTheOriginalStamps() {
    readTheRest();
    List<ChangeUnit> units = state.propose(Map.of(), LIMITS).units();
    assertThat(units).extracting(ChangeUnit::origin).containsOnly(LEFT);
    // The one before the rollback has taken 200 itself.
    assertThat(units).extracting(ChangeUnit::hlc).containsExactly(201L, 300L);
    assertThat(decided()).containsExactly("SET lost 1", "SET unstamped 1");
  }

  @Test
  void shouldNotReplaceWhatWasWrittenSince() {
    state.own(command("SET", "lost", "newer"), 40);
    state.own(new Tick(400, "n", 40).asWrite(), 50);
    readTheRest();
    assertThat(decided()).containsExactly("SET unstamped 1");
  }

  @Test
  void shouldCoverWhatWasRestoredInTheVersionVector() {
    readTheRest();
    Proposal proposal = state.propose(Map.of(), LIMITS);
    Marker marker = new Marker("i", 1, proposal.progressAfter(1));
    state.own(marker.asWrite(), 40);
    assertThat(state.applied().offset(LEFT)).isEqualTo(60);
    assertThat(state.propose(Map.of(), LIMITS)).isNull();
  }
}

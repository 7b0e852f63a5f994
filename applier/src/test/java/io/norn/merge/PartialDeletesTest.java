package io.norn.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.MergePolicy;
import io.norn.command.Op;
import io.norn.stream.Change;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import io.norn.window.Forgetting;
import io.norn.window.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A delete of two keys behind which an older change of one of them was executed. */
class PartialDeletesTest {
  private static final StreamId OWN = new StreamId("a", "ra");
  private static final StreamId OTHER = new StreamId("b", "rb");
  private static final DbKey KEY = new DbKey(0, new Bytes(Text.bytes("k")));

  private final Window window = new Window(OWN, forgetting(), MergePolicy.DEFAULT);
  private final PartialDeletes deletes = new PartialDeletes(OWN, window);

  @Test
  void shouldDeleteAgain() {
    execute(OWN, 20, VersionVector.EMPTY, "DEL", "other", "k");
    execute(OTHER, 10, VersionVector.EMPTY, "SADD", "k", "late");

    assertThat(window.repairs()).containsExactly(KEY);
    assertThat(deletes.repair(KEY)).hasSize(1);
  }

  @Test
  void shouldLeaveAloneWhatAPublishedStateHasMadeGood() {
    execute(OWN, 20, VersionVector.EMPTY, "DEL", "other", "k");
    execute(OTHER, 10, VersionVector.EMPTY, "SADD", "k", "late");
    VersionVector seen = VersionVector.of(Map.of(OWN, new Progress(20, 20, 0, 1)));
    execute(OTHER, 30, seen, "NORN.STATE", "k", "", "0");

    assertThat(window.of(KEY).isInState(window.of(KEY).whole())).isTrue();
    assertThat(deletes.repair(KEY)).isEmpty();
  }

  /** What came since may be forgotten by then, and would be lost. */
  @Test
  void shouldNotDeleteAgainBecauseOfARepairOfAnotherKind() {
    execute(OWN, 20, VersionVector.EMPTY, "DEL", "other", "k");
    execute(OTHER, 30, VersionVector.EMPTY, "HINCRBY", "k", "f", "1");
    window.needsRepair(KEY);

    assertThat(deletes.repair(KEY)).isEmpty();
  }

  /**
   * The HDEL emptied the key at its node, and the time to live went; the repair writes it again.
   */
  @Test
  void shouldDoubtATimeToLiveThatARepairHasWrittenAgain() {
    execute(OWN, 20, VersionVector.EMPTY, "DEL", "other", "k");
    execute(OTHER, 10, VersionVector.EMPTY, "SET", "k", "v");
    execute(OWN, 30, VersionVector.EMPTY, "HINCRBY", "k", "f", "1");
    execute(OTHER, 40, VersionVector.EMPTY, "PEXPIREAT", "k", "4000000000000");
    execute(OWN, 50, VersionVector.EMPTY, "HDEL", "k", "f");
    execute(OWN, 60, VersionVector.EMPTY, "HINCRBY", "k", "g", "1");
    window.expirySure(KEY);

    assertThat(deletes.repair(KEY)).isNotEmpty();
    deletes.repaired(KEY);
    assertThat(window.unsureExpiries()).containsExactly(KEY);
  }

  private static Forgetting forgetting() {
    Forgetting forgetting = new Forgetting("a");
    forgetting.join("b");
    return forgetting;
  }

  private void execute(StreamId origin, long hlc, VersionVector seen, String... words) {
    byte[][] args = Arrays.stream(words).map(Text::bytes).toArray(byte[][]::new);
    Change change = new Change(0, args, hlc);
    ChangeUnit unit =
        new ChangeUnit(origin, hlc, List.of(change), seen, new DecoderState(hlc, 0, hlc));
    for (Op op : new CommandTable().parse(change, hlc)) {
      window.add(unit.stamp(change), seen, op);
      deletes.check(unit, change, op);
    }
  }
}

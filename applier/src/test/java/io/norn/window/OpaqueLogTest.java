package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes took the same element of a list without knowing of each other. */
class OpaqueLogTest {
  private static final StreamId ONE = new StreamId("a", "ra");
  private static final StreamId OTHER = new StreamId("b", "rb");

  private final OpaqueLog log = new OpaqueLog();

  @Test
  void shouldTakeFromAStateWhatItHolds() {
    log.addWrite(at(OTHER, 20), pop("x", 20));

    assertThat(executedOnTop()).containsExactly("LREM");
  }

  @Test
  void shouldNotTakeTwiceWhatTheStateLacksAlready() {
    log.addWrite(at(ONE, 10), pop("x", 10));
    log.addWrite(at(OTHER, 20), pop("x", 20));

    assertThat(executedOnTop()).isEmpty();
  }

  @Test
  void shouldRememberWhoTookItAsLongAsTheOtherCounts() {
    log.addWrite(at(ONE, 10), pop("x", 10));
    log.addWrite(at(OTHER, 20), pop("x", 20));
    log.forget(ONE, 10);

    assertThat(executedOnTop()).isEmpty();
    log.forget(OTHER, 20);
    assertThat(log.isEmpty()).isTrue();
  }

  /** On top of a state that holds all of one node and nothing of the other. */
  private List<String> executedOnTop() {
    List<LaterOp> later = new ArrayList<>();
    log.eachListRunOnTop(stamp -> stamp.origin().equals(ONE), later::add);
    return later.stream()
        .flatMap(each -> ((ElementOp.Run) each.op()).commands().stream())
        .map(command -> Text.latin1(command[0]))
        .toList();
  }

  private static Op.Opaque pop(String taken, long hlc) {
    byte[][] args =
        Arrays.stream(new String[] {"NORN.TAKEN", "1", "0", taken, "LPOP", "l"})
            .map(Text::bytes)
            .toArray(byte[][]::new);
    return (Op.Opaque) new CommandTable().parse(new Change(0, args, hlc), hlc).get(0);
  }

  private static Stamp at(StreamId origin, long hlc) {
    return new Stamp(hlc, origin, hlc);
  }
}

package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForgettingTest {
  private static final StreamId OWN = new StreamId("a", "ra");
  private static final StreamId OTHER = new StreamId("b", "rb");

  private static final DbKey KEY = DbKey.of(0, Text.bytes("k"));

  private final Forgetting forgetting = new Forgetting("a");
  private final Window window = new Window(OWN, forgetting);

  /** Before the restart it lost against a later HSET, which is not read again. */
  @Test
  void shouldNotRememberAgainWhatWasForgottenBeforeARestart() {
    forgetting.join("b");
    forgetting.startWith(Map.of(OTHER, 100L));
    window.needsRepair(DbKey.of(0, Text.bytes("other")));
    set(new Stamp(10, OTHER, 100));
    assertThat(window.remembers(KEY)).isFalse();
    set(new Stamp(20, OTHER, 200));
    assertThat(window.remembers(KEY)).isTrue();
    assertThat(window.oldest(OTHER)).isEqualTo(200);
  }

  private void set(Stamp stamp) {
    byte[][] command = {Text.bytes("SET"), KEY.key().raw(), Text.bytes("v")};
    new CommandTable()
        .parse(new Change(0, command, stamp.offset()), stamp.hlc())
        .forEach(op -> window.add(stamp, op));
  }
}

package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.MergePolicy;
import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A time to live that is set again behind a late command, though the key was empty since. */
class ExpiryDoubtsTest {
  private static final StreamId OWN = new StreamId("a", "ra");
  private static final StreamId OTHER = new StreamId("b", "rb");
  private static final DbKey KEY = new DbKey(0, new Bytes(Text.bytes("h")));

  private final Forgetting forgetting = new Forgetting("a");
  private final Window window = new Window(OWN, forgetting, MergePolicy.DEFAULT);

  ExpiryDoubtsTest() {
    forgetting.join("b");
  }

  @Test
  void shouldDoubtATimeToLiveThatAnOlderDeleteSetsAgain() {
    emptyAndCreateAnew();
    add(OTHER, 5, "DEL", "h");

    assertThat(window.unsureExpiries()).containsExactly(KEY);
  }

  @Test
  void shouldDoubtATimeToLiveThatAnOlderReplacementSetsAgain() {
    emptyAndCreateAnew();
    add(OTHER, 5, "SET", "h", "text");

    assertThat(window.unsureExpiries()).containsExactly(KEY);
  }

  @Test
  void shouldDoubtATimeToLiveThatAnOlderStoreSetsAgain() {
    emptyAndCreateAnew();
    add(OTHER, 5, "SUNIONSTORE", "h", "m");

    assertThat(window.unsureExpiries()).containsExactly(KEY);
  }

  @Test
  void shouldNotDoubtWhatADeleteTookForGood() {
    emptyAndCreateAnew();
    add(OTHER, 50, "DEL", "h");

    assertThat(window.unsureExpiries()).isEmpty();
  }

  @Test
  void shouldNotDoubtATimeToLiveOfAKeyThatWasNeverEmpty() {
    add(OWN, 10, "HSETNX", "h", "f", "v");
    add(OWN, 20, "PEXPIREAT", "h", "4000000000000");
    add(OWN, 30, "HSET", "h", "f", "w");
    add(OTHER, 5, "DEL", "h");

    assertThat(window.unsureExpiries()).isEmpty();
  }

  @Test
  void shouldDoubtATimeToLiveWhoseNodeHadNotSeenADelete() {
    add(OWN, 10, "DEL", "h");
    add(OTHER, 20, "HSET", "h", "g", "v");
    add(OTHER, 30, "HDEL", "h", "g");
    add(OWN, 50, "HSET", "h", "f", "w");
    window.expirySure(KEY);
    add(OTHER, 40, "PEXPIREAT", "h", "4000000000000");

    assertThat(window.unsureExpiries()).containsExactly(KEY);
  }

  @Test
  void shouldDoubtATimeToLiveThatAThirdNodeMayHaveLost() {
    forgetting.join("c");
    add(OTHER, 10, "HSET", "h", "g", "v");
    add(OWN, 20, "HDEL", "h", "f");

    assertThat(window.unsureExpiries()).containsExactly(KEY);
  }

  private void emptyAndCreateAnew() {
    add(OWN, 10, "HSETNX", "h", "f", "v");
    add(OWN, 20, "PEXPIREAT", "h", "4000000000000");
    add(OWN, 30, "HDEL", "h", "f");
    add(OWN, 40, "HSET", "h", "f", "w");
    assertThat(window.unsureExpiries()).isEmpty();
  }

  private void add(StreamId origin, long hlc, String... words) {
    byte[][] args = Arrays.stream(words).map(Text::bytes).toArray(byte[][]::new);
    new CommandTable()
        .parse(new Change(0, args, hlc), hlc)
        .forEach(op -> window.add(new Stamp(hlc, origin, hlc), op));
  }
}

package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.Op;
import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LibrariesTest {
  private static final StreamId OTHER = new StreamId("b", "rb");

  private final Forgetting forgetting = new Forgetting("a");
  private final Libraries libraries = new Libraries(forgetting);

  @Test
  void shouldLetTheNewestCommandOfALibraryCount() {
    libraries.add(at(20), load("lib", "new"));

    assertThat(libraries.isPast(at(10), load("lib", "old"))).isTrue();
    assertThat(libraries.isPast(at(10), library("FUNCTION", "DELETE", "lib"))).isTrue();
    assertThat(libraries.isPast(at(30), load("lib", "newer"))).isFalse();
    assertThat(libraries.isPast(at(10), load("another", "old"))).isFalse();
  }

  @Test
  void shouldLoadAgainWhatIsNewerThanAFlush() {
    libraries.add(at(10), load("old", "1"));
    libraries.add(at(40), load("b", "2"));
    libraries.add(at(30), load("a", "3"));
    libraries.add(at(50), library("FUNCTION", "DELETE", "gone"));

    assertThat(libraries.loadedAfter(at(20)))
        .extracting(Op.Library::name)
        .containsExactly("a", "b");
    libraries.add(at(20), library("FUNCTION", "FLUSH", "SYNC"));
    assertThat(libraries.isPast(at(15), load("late", "4"))).isTrue();
    assertThat(libraries.isPast(at(35), load("late", "4"))).isFalse();
  }

  @Test
  void shouldLoadInThePlaceOfAnother() {
    assertThat(load("lib", "x").command()).hasNumberOfRows(4);
    assertThat(Text.latin1(load("lib", "x").command()[2])).isEqualTo("REPLACE");
  }

  @Test
  void shouldKeepTheStreamUntilAllNodesKnow() {
    forgetting.join("b");
    forgetting.join("c");
    libraries.add(at(20), load("lib", "x"));

    assertThat(libraries.oldest(OTHER)).isEqualTo(20);
    assertThat(libraries.oldest(new StreamId("c", "rc"))).isEqualTo(Long.MAX_VALUE);
  }

  private static Stamp at(long time) {
    return new Stamp(time, OTHER, time);
  }

  private static Op.Library load(String name, String body) {
    return library("FUNCTION", "LOAD", "#!lua name=" + name + "\n" + body);
  }

  private static Op.Library library(String... words) {
    byte[][] args = Arrays.stream(words).map(Text::bytes).toArray(byte[][]::new);
    return (Op.Library) new CommandTable().parse(new Change(0, args, 1), 1).get(0);
  }
}

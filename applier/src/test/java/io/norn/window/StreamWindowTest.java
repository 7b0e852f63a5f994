package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.EntryId;
import io.norn.stream.Text;
import org.junit.jupiter.api.Test;

class StreamWindowTest {
  private static final StreamId ORIGIN = new StreamId("a", "ra");

  private final StreamWindow stream = new StreamWindow();

  @Test
  void shouldKnowTheLastIdThoughItsEntryIsGone() {
    stream.put(id("5-1"), at(10));
    stream.put(id("9-1"), at(20));
    stream.remove(id("9-1"), at(30));

    assertThat(stream.lastGoneAfter(at(5))).isEqualTo(id("9-1"));
    assertThat(stream.lastGoneAfter(at(25))).isNull();
  }

  @Test
  void shouldNotCountWhatWasAddedBeforeTheStreamWasReplaced() {
    stream.put(id("9-1"), at(10));
    stream.remove(id("9-1"), at(30));
    stream.replaced(at(20)::isAfter);

    assertThat(stream.lastGoneAfter(at(5))).isNull();
  }

  @Test
  void shouldForgetItWhenAllNodesKnow() {
    stream.put(id("9-1"), at(10));
    stream.remove(id("9-1"), at(30));
    stream.forgetEntry(id("9-1"), ORIGIN, 30);

    assertThat(stream.isEmpty()).isTrue();
  }

  private static Stamp at(long hlc) {
    return new Stamp(hlc, ORIGIN, hlc);
  }

  private static EntryId id(String text) {
    return EntryId.parse(Text.bytes(text)).orElseThrow();
  }
}

package io.norn.agent.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.norn.apply.Intents;
import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.merge.OwedField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentFileTest {
  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = directory.resolve("intents");
  }

  private static OwedField field(String node, String key) {
    Stamp cause = new Stamp(7_000, new StreamId(node, "stream-of-" + node), 1_234);
    return new OwedField(1, DbKey.of(3, key.getBytes(UTF_8)), cause, "WRONGTYPE of some kind");
  }

  private Intents.Entry reopened() throws IOException {
    return IntentFile.open(path).read();
  }

  @Test
  void shouldHoldNothingWhereThereIsNoFile() throws IOException {
    assertThat(reopened()).isEqualTo(Intents.Entry.NONE);
  }

  @Test
  void shouldGiveBackWhatWasWrittenLast() throws IOException {
    IntentFile file = IntentFile.open(path);
    List<OwedField> doubtful = List.of(field("b", "list\n1"), field("c", ""));
    Intents.Entry open = new Intents.Entry(12, doubtful, List.of(field("b", "x")));
    file.write(open);
    assertThat(reopened()).isEqualTo(open);
    assertThat(reopened().isOpen()).isTrue();
    Intents.Entry closed = new Intents.Entry(0, List.of(), List.of(field("b", "x")));
    file.write(closed);
    assertThat(reopened()).isEqualTo(closed);
  }

  @Test
  void shouldTakeWhatIsTornOrDamagedAnywhereForNothing() throws IOException {
    IntentFile.open(path).write(new Intents.Entry(12, List.of(field("b", "k")), List.of()));
    byte[] whole = Files.readAllBytes(path);
    for (int i = 0; i < whole.length; i++) {
      Files.write(path, Arrays.copyOf(whole, i));
      assertThat(reopened()).as("cut at %d", i).isEqualTo(Intents.Entry.NONE);
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x10;
      Files.write(path, flipped);
      assertThat(reopened()).as("flipped at %d", i).isEqualTo(Intents.Entry.NONE);
    }
  }
}

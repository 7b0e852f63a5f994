package io.norn.agent.journals;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.journal.Journal;
import io.norn.journal.JournalSettings;
import io.norn.journal.SyncPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTailTest {
  @TempDir Path directory;
  private Journal journal;

  @BeforeEach
  void open() throws IOException {
    JournalSettings settings =
        new JournalSettings(directory, SyncPolicy.NO, 1L << 30, Duration.ofDays(1), 1 << 20);
    journal = Journal.open(settings, InstantSource.system());
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  private void append(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    journal.append("s", Math.max(1000, journal.end()), 0, bytes, 0, bytes.length);
  }

  private static String command(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      text.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  private List<String> tail(int count) throws IOException {
    return new JournalView("local", "a", journal)
        .tail(count).stream().map(TailCommand::text).toList();
  }

  @Test
  void shouldShowNothingOfAnEmptyJournal() throws IOException {
    assertThat(tail(10)).isEmpty();
  }

  @Test
  void shouldShowTheLastCommandsWithTheirEnds() throws IOException {
    append(command("SET", "k", "v"));
    append(command("DEL", "a b"));
    assertThat(tail(1)).containsExactly("DEL \"a b\"");
    assertThat(tail(10)).containsExactly("SET k v", "DEL \"a b\"");
    assertThat(new JournalTail(journal).last(1).get(0).endOffset()).isEqualTo(journal.end());
  }

  @Test
  void shouldFindCommandsInTheMiddleOfALongStream() throws IOException {
    // Values that look like commands, so that the first place that seems to be one is not.
    String trap = "\r\n*1\r\n$x" + "v".repeat(3000);
    for (int i = 0; i < 200; i++) {
      append(command("SET", "key" + i, trap));
    }
    assertThat(tail(3)).hasSize(3).allSatisfy(text -> assertThat(text).startsWith("SET key19"));
  }

  @Test
  void shouldLeaveOutACommandThatIsNotWhole() throws IOException {
    append(command("SET", "k", "v") + "*3\r\n$3\r\nSE");
    assertThat(tail(10)).containsExactly("SET k v");
  }

  @Test
  void shouldCutWhatIsLongAndHideWhatIsNoText() {
    byte[][] words = new byte[20][];
    Arrays.fill(words, new byte[] {1, 'x', (byte) 0xff});
    assertThat(TailCommand.of(1, words).text()).contains("?x?").endsWith("… (8 more)");
    byte[][] large = {"SET".getBytes(StandardCharsets.UTF_8), new byte[100_000]};
    assertThat(TailCommand.of(1, large).text()).hasSizeLessThan(100);
  }
}

package io.norn.journal;

import static io.norn.journal.Journals.STREAM;
import static io.norn.journal.Journals.append;
import static io.norn.journal.Journals.bytes;
import static io.norn.journal.Journals.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class JournalPropertyTest {
  private static final int REOPEN = 0;

  @Property(tries = 25)
  void shouldGiveTheExactBytesFromAnyPositionHoweverTheyWereAppended(
      @ForAll @LongRange(min = 0, max = 1L << 50) long first,
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 20_000) Integer> steps,
      @ForAll @IntRange(max = 1000) int permille)
      throws IOException {
    Path directory = Files.createTempDirectory("journal");
    Journal journal = Journals.openUnforced(directory);
    try {
      append(journal, STREAM, first, 1);
      try (JournalReader tail = journal.reader(STREAM, first)) {
        assertThat(tail.next().bytes()).hasSize(1);
      }
      for (int step : steps) {
        if (step == REOPEN) {
          journal.close();
          journal = Journals.openUnforced(directory);
        } else {
          append(journal, STREAM, journal.end(), step);
        }
      }
      long end = first + 1 + steps.stream().mapToInt(s -> s).sum();
      long from = first + (end - first) * permille / 1000;
      assertThat(journal.latest()).contains(new StreamRange(STREAM, first, end));
      assertThat(readAll(journal, STREAM, from)).isEqualTo(bytes(from, (int) (end - from)));
    } finally {
      journal.close();
      TestFiles.deleteTree(directory);
    }
  }

  @Property(tries = 10)
  void shouldShowATailingReaderEverythingOnce(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 9_000) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 7) int readEvery)
      throws IOException {
    Path directory = Files.createTempDirectory("journal");
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try (Journal journal = Journals.openUnforced(directory)) {
      append(journal, STREAM, 0, 0);
      try (JournalReader reader = journal.reader(STREAM, 0)) {
        for (int i = 0; i < lengths.size(); i++) {
          append(journal, STREAM, journal.end(), lengths.get(i));
          if (i % readEvery == 0) {
            drain(reader, seen);
          }
        }
        drain(reader, seen);
      }
      assertThat(seen.toByteArray()).isEqualTo(bytes(0, (int) journal.end()));
    } finally {
      TestFiles.deleteTree(directory);
    }
  }

  private static void drain(JournalReader reader, ByteArrayOutputStream seen) throws IOException {
    for (JournalEntry e = reader.next(); e != null; e = reader.next()) {
      assertThat(e.offset()).isEqualTo(seen.size());
      seen.writeBytes(e.bytes());
    }
  }
}

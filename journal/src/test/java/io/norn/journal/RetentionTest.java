package io.norn.journal;

import static io.norn.journal.Journals.NEXT_STREAM;
import static io.norn.journal.Journals.STREAM;
import static io.norn.journal.Journals.append;
import static io.norn.journal.Journals.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final long END = 100_000;

  @TempDir Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private Journal journal;

  @BeforeEach
  void fill() throws IOException {
    journal = open(500_000);
    for (long at = 0; at < END; at += 1000) {
      append(journal, STREAM, at, 1000);
    }
  }

  /** Generations take 10,000 bytes of records and 64 KB on top, so 500,000 bytes are about six. */
  private Journal open(long maxBytes) throws IOException {
    JournalSettings settings =
        new JournalSettings(directory, SyncPolicy.NO, maxBytes, Duration.ofHours(1), 0);
    InstantSource clock = () -> now.get();
    return JournalOpening.open(settings, clock, Journals.tuning(10_000));
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  private long first() {
    return journal.streams().get(0).firstOffset();
  }

  @Test
  void shouldKeepEverythingUntilToldWhatIsNotNeeded() throws Exception {
    journal.housekeep();
    assertThat(first()).isZero();
    journal.keepFrom(NEXT_STREAM, 5);
    journal.housekeep();
    assertThat(first()).isZero();
  }

  @Test
  void shouldDeleteTheOldestBeyondTheSize() throws Exception {
    journal.keepFrom(STREAM, END);
    journal.housekeep();
    assertThat(journal.sizeBytes()).isBetween(300_000L, 500_000L);
    long first = first();
    assertThat(first).isGreaterThan(0);
    assertThatThrownBy(() -> journal.reader(STREAM, first - 1))
        .isInstanceOf(PositionGoneException.class);
    assertThat(Journals.readAll(journal, STREAM, first))
        .isEqualTo(bytes(first, (int) (END - first)));
    journal.close();
    journal = open(500_000);
    assertThat(journal.latest()).contains(new StreamRange(STREAM, first, END));
  }

  @Test
  void shouldNotDeleteWhatTheFloorNeeds() throws Exception {
    journal.keepFrom(STREAM, 15_500);
    journal.housekeep();
    assertThat(first()).isBetween(1L, 15_500L);
    assertThat(Journals.readAll(journal, STREAM, 15_500)).hasSize(84_500);
  }

  @Test
  void shouldNotDeleteWhatAnOpenReaderNeeds() throws Exception {
    try (JournalReader reader = journal.reader(STREAM, 12_345)) {
      journal.keepFrom(STREAM, END);
      journal.housekeep();
      assertThat(first()).isLessThanOrEqualTo(12_345);
      for (long at = 12_345; at < END; ) {
        JournalEntry entry = reader.next();
        assertThat(entry.bytes()).isEqualTo(bytes(at, entry.bytes().length));
        at = entry.end();
        journal.housekeep();
      }
      assertThat(first()).isGreaterThan(12_345);
    }
  }

  @Test
  void shouldDeleteWhatIsTooOldButRememberTheEnd() throws Exception {
    journal.close();
    journal = open(1L << 40);
    journal.keepFrom(STREAM, END);
    journal.housekeep();
    assertThat(first()).isZero();
    now.set(Instant.EPOCH.plus(Duration.ofHours(2)));
    journal.housekeep();
    assertThat(first()).isGreaterThan(END - 20_000);
    assertThat(journal.end()).isEqualTo(END);
  }

  @Test
  void shouldForgetAStreamThatIsNotNeeded() throws Exception {
    append(journal, NEXT_STREAM, 0, 40_000);
    append(journal, NEXT_STREAM, 40_000, 10);
    journal.keepFrom(NEXT_STREAM, 40_000);
    now.set(Instant.EPOCH.plus(Duration.ofHours(2)));
    journal.housekeep();
    assertThat(journal.streams()).hasSize(1);
    assertThatThrownBy(() -> journal.reader(STREAM, END))
        .isInstanceOf(PositionGoneException.class)
        .hasMessageContaining(NEXT_STREAM);
  }
}

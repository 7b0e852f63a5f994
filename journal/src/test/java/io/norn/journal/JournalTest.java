package io.norn.journal;

import static io.norn.journal.Journals.NEXT_STREAM;
import static io.norn.journal.Journals.STREAM;
import static io.norn.journal.Journals.append;
import static io.norn.journal.Journals.bytes;
import static io.norn.journal.Journals.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path directory;

  @Test
  void shouldBeEmptyWhenNew() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      assertThat(journal.streams()).isEmpty();
      assertThat(journal.latest()).isEmpty();
      assertThat(journal.end()).isEqualTo(-1);
      assertThat(journal.durableEnd()).isEqualTo(-1);
    }
  }

  @Test
  void shouldServeWhatWasAppendedFromAnyPosition() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      append(journal, STREAM, 100, 10);
      append(journal, STREAM, 110, 20);
      assertThat(journal.latest()).contains(new StreamRange(STREAM, 100, 130));
      for (int offset = 100; offset <= 130; offset++) {
        assertThat(readAll(journal, STREAM, offset)).isEqualTo(bytes(offset, 130 - offset));
      }
    }
  }

  @Test
  void shouldKeepTheDatabaseNumber() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      journal.append(STREAM, 0, 7, bytes(0, 10), 0, 10);
      try (JournalReader reader = journal.reader(STREAM, 4)) {
        JournalEntry entry = reader.next();
        assertThat(entry.db()).isEqualTo(7);
        assertThat(entry.offset()).isEqualTo(4);
        assertThat(entry.bytes()).isEqualTo(bytes(4, 6));
        assertThat(reader.next()).isNull();
      }
    }
  }

  @Test
  void shouldContinueAfterBeingReopened() throws Exception {
    long end = 5;
    for (int round = 0; round < 5; round++) {
      try (Journal journal = Journals.open(directory)) {
        for (int i = 0; i < 20; i++) {
          append(journal, STREAM, end, 7_000);
          end += 7_000;
        }
        assertThat(journal.latest()).contains(new StreamRange(STREAM, 5, end));
        assertThat(readAll(journal, STREAM, 5)).isEqualTo(bytes(5, (int) end - 5));
      }
    }
  }

  @Test
  void shouldCutLargeInputsIntoEntries() throws Exception {
    int length = 3 * Journal.MAX_ENTRY_BYTES + 17;
    try (Journal journal = Journals.open(directory, 8 << 20)) {
      append(journal, STREAM, 1, length);
      assertThat(readAll(journal, STREAM, 1)).isEqualTo(bytes(1, length));
    }
  }

  @Test
  void shouldRefuseAGapNamingBothPositions() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      append(journal, STREAM, 100, 10);
      assertThatThrownBy(() -> append(journal, STREAM, 111, 1))
          .isInstanceOf(JournalGapException.class)
          .hasMessageContaining("111")
          .hasMessageContaining("110");
      assertThatThrownBy(() -> append(journal, STREAM, 105, 1))
          .isInstanceOf(JournalGapException.class);
      append(journal, STREAM, 110, 1);
      assertThat(journal.end()).isEqualTo(111);
    }
  }

  @Test
  void shouldFollowANewStreamAndRefuseToReturn() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      append(journal, STREAM, 100, 10);
      append(journal, NEXT_STREAM, 5, 3);
      assertThat(journal.streams())
          .containsExactly(new StreamRange(STREAM, 100, 110), new StreamRange(NEXT_STREAM, 5, 8));
      assertThatThrownBy(() -> append(journal, STREAM, 110, 1))
          .isInstanceOf(JournalGapException.class)
          .hasMessageContaining(STREAM)
          .hasMessageContaining(NEXT_STREAM);
      try (JournalReader reader = journal.reader(STREAM, 110)) {
        assertThat(reader.next().stream()).isEqualTo(NEXT_STREAM);
      }
      assertThat(readAll(journal, STREAM, 103)).isEqualTo(bytes(103, 7));
      assertThat(readAll(journal, NEXT_STREAM, 5)).isEqualTo(bytes(5, 3));
    }
  }

  @Test
  void shouldRecordWhereAStreamBeginsWithoutBytes() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      append(journal, STREAM, 42, 0);
    }
    try (Journal journal = Journals.open(directory)) {
      assertThat(journal.latest()).contains(new StreamRange(STREAM, 42, 42));
      try (JournalReader reader = journal.reader(STREAM, 42)) {
        assertThat(reader.next()).isNull();
        append(journal, STREAM, 42, 2);
        assertThat(reader.next().bytes()).isEqualTo(bytes(42, 2));
      }
    }
  }

  @Test
  void shouldSayThatAPositionIsGone() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      append(journal, STREAM, 100, 10);
      for (long offset : new long[] {0, 99, 111}) {
        assertThatThrownBy(() -> journal.reader(STREAM, offset))
            .isInstanceOf(PositionGoneException.class)
            .hasMessageContaining(Long.toString(offset));
      }
      assertThatThrownBy(() -> journal.reader(NEXT_STREAM, 100))
          .isInstanceOf(PositionGoneException.class);
    }
  }

  @Test
  void shouldWakeAReaderThatAwaits() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      append(journal, STREAM, 0, 1);
      try (JournalReader reader = journal.reader(STREAM, 1)) {
        assertThat(reader.await(1)).isFalse();
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Boolean> awaited =
            CompletableFuture.supplyAsync(() -> await(reader, started));
        started.await();
        append(journal, STREAM, 1, 5);
        assertThat(awaited.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(reader.next().bytes()).isEqualTo(bytes(1, 5));
      }
    }
  }

  @Test
  void shouldWakeAReaderWhenTheJournalCloses() throws Exception {
    Journal journal = Journals.open(directory);
    append(journal, STREAM, 0, 1);
    JournalReader reader = journal.reader(STREAM, 1);
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Boolean> awaited =
        CompletableFuture.supplyAsync(() -> await(reader, started));
    started.await();
    journal.close();
    assertThat(awaited.get(10, TimeUnit.SECONDS)).isFalse();
    assertThatThrownBy(reader::next).isInstanceOf(JournalClosedException.class);
    assertThatThrownBy(() -> append(journal, STREAM, 1, 1))
        .isInstanceOf(JournalClosedException.class);
  }

  @Test
  void shouldSurviveInterruptsOfItsCallers() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      Thread.currentThread().interrupt();
      append(journal, STREAM, 0, 100_000);
      journal.sync();
      assertThat(readAll(journal, STREAM, 0)).isEqualTo(bytes(0, 100_000));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static boolean await(JournalReader reader, CountDownLatch started) {
    try {
      started.countDown();
      return reader.await(60_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.norn.journal;

import static io.norn.journal.Journals.NEXT_STREAM;
import static io.norn.journal.Journals.STREAM;
import static io.norn.journal.Journals.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {
  @TempDir Path directory;
  private final List<Path> forced = new CopyOnWriteArrayList<>();
  private final AtomicBoolean broken = new AtomicBoolean();

  private Journal open(SyncPolicy policy) throws IOException {
    Forcer forcer =
        path -> {
          forced.add(path);
          if (broken.getAndSet(false)) {
            throw new IOException("Input/output error");
          }
          Forcer.DISK.force(path);
        };
    return JournalOpening.open(
        Journals.settings(directory, policy),
        InstantSource.system(),
        new JournalTuning(10_000, forcer, () -> 1L << 50));
  }

  @Test
  void shouldBeDurableWhenSyncedUnderAlways() throws Exception {
    try (Journal journal = open(SyncPolicy.ALWAYS)) {
      append(journal, STREAM, 100, 50_000);
      assertThat(journal.durableEnd()).isEqualTo(100);
      journal.sync();
      assertThat(journal.durableEnd()).isEqualTo(50_100);
      Path newest = TestFiles.generations(directory).get(0);
      assertThat(forced).contains(TestFiles.dataFile(newest), newest, directory);
      forced.clear();
      journal.sync();
      assertThat(forced).isEmpty();
      append(journal, NEXT_STREAM, 7, 3);
      assertThat(journal.durableEnd()).isEqualTo(7);
      journal.sync();
      assertThat(journal.durableEnd()).isEqualTo(10);
    }
  }

  @Test
  void shouldForceNothingUnderNoUntilClosed() throws Exception {
    try (Journal journal = open(SyncPolicy.NO)) {
      forced.clear();
      append(journal, STREAM, 0, 50_000);
      assertThat(journal.durableEnd()).isZero();
      assertThat(forced).isEmpty();
    }
    for (Path generation : TestFiles.generations(directory)) {
      assertThat(forced).contains(TestFiles.dataFile(generation));
      assertThat(generation.resolve(Seal.FILE)).exists();
    }
  }

  @Test
  void shouldForceByItselfUnderEverysec() throws Exception {
    try (Journal journal = open(SyncPolicy.EVERYSEC)) {
      append(journal, STREAM, 0, 1000);
      await().atMost(Duration.ofSeconds(20)).until(() -> journal.durableEnd() == 1000);
      append(journal, STREAM, 1000, 1);
      await().atMost(Duration.ofSeconds(20)).until(() -> journal.durableEnd() == 1001);
    }
  }

  @Test
  void shouldStopForGoodWhenTheDiskRefuses() throws Exception {
    Journal journal = open(SyncPolicy.ALWAYS);
    append(journal, STREAM, 0, 100);
    journal.sync();
    append(journal, STREAM, 100, 100);
    broken.set(true);
    assertThatThrownBy(journal::sync)
        .isInstanceOf(JournalFailedException.class)
        .hasMessageContaining("Input/output error");
    forced.clear();
    assertThatThrownBy(journal::sync).isInstanceOf(JournalFailedException.class);
    assertThatThrownBy(() -> append(journal, STREAM, 200, 1))
        .isInstanceOf(JournalFailedException.class);
    assertThat(journal.durableEnd()).isEqualTo(100);
    journal.close();
    assertThat(forced).isEmpty();
    try (Journal again = open(SyncPolicy.ALWAYS)) {
      assertThat(again.end()).isBetween(100L, 200L);
    }
  }

  @Test
  void shouldStopForGoodWhenTheDiskRefusesUnderEverysec() throws Exception {
    try (Journal journal = open(SyncPolicy.EVERYSEC)) {
      broken.set(true);
      append(journal, STREAM, 0, 100);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> append(journal, STREAM, journal.end(), 1))
                      .isInstanceOf(JournalFailedException.class));
    }
  }
}

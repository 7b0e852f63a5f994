package io.norn.journal;

import static io.norn.journal.Journals.STREAM;
import static io.norn.journal.Journals.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
  private static final long RESERVE = 10 << 20;

  @TempDir Path directory;

  @Test
  void shouldRefuseBeforeTheReserveIsTouchedAndGoOnWhenSpaceReturns() throws Exception {
    AtomicLong free = new AtomicLong(RESERVE + (1 << 20));
    JournalSettings settings =
        new JournalSettings(directory, SyncPolicy.NO, 1 << 30, Duration.ofDays(1), RESERVE);
    JournalTuning tuning = new JournalTuning(1 << 20, Forcer.DISK, free::get);
    try (Journal journal = JournalOpening.open(settings, InstantSource.system(), tuning)) {
      append(journal, STREAM, 0, 1000);
      free.set(RESERVE);
      assertThatThrownBy(() -> append(journal, STREAM, 1000, 2 << 20))
          .isInstanceOf(DiskFullException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining(Long.toString(RESERVE));
      assertThat(journal.end()).isEqualTo(1000);
      free.set(RESERVE + (8 << 20));
      append(journal, STREAM, 1000, 2 << 20);
    }
  }

  @Test
  void shouldNotBelieveAnOldAnswer() throws Exception {
    AtomicLong nanos = new AtomicLong();
    AtomicInteger asked = new AtomicInteger();
    SpaceGuard guard =
        new SpaceGuard(
            directory,
            RESERVE,
            () -> {
              asked.incrementAndGet();
              return 1L << 40;
            },
            nanos::get);
    guard.take(1000);
    guard.take(1000);
    assertThat(asked).hasValue(1);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(101));
    guard.take(1000);
    assertThat(asked).hasValue(2);
    guard.take(2 << 20);
    assertThat(asked).hasValue(3);
  }

  @Test
  void shouldSurviveAFullFileSystemWithAndWithoutReserve() throws Exception {
    for (long reserve : new long[] {2 << 20, 0}) {
      String mounted = directory.toString();
      List<String> small =
          List.of(
              "unshare",
              "-m",
              "sh",
              "-c",
              "mount -t tmpfs -o size=12m tmpfs " + mounted + " || echo nomount; exec \"$@\"",
              "sh");
      try (ChildJvm child =
          startOrSkip(
              small, "fill", mounted + "/j", Long.toString(reserve), mounted + "/ballast")) {
        String result = child.line();
        while (result != null && !result.matches("(full|refused|nomount|unshare).*")) {
          result = child.line();
        }
        assumeThat(result).doesNotStartWith("nomount").doesNotStartWith("unshare");
        assertThat(result).contains("right true").contains("free space");
        String[] words = result.split(" ", -1);
        assertThat(Long.parseLong(words[3])).isGreaterThan(Long.parseLong(words[1]));
      }
    }
  }

  private static ChildJvm startOrSkip(List<String> prefix, String... arguments) {
    try {
      return ChildJvm.start(prefix, ChildJvm.flags(), arguments);
    } catch (IOException e) {
      assumeThat(e).as("no way to mount a small file system").isNull();
      throw new IllegalStateException(e);
    }
  }
}

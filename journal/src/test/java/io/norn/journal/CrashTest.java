package io.norn.journal;

import static io.norn.journal.Journals.STREAM;
import static io.norn.journal.Journals.append;
import static io.norn.journal.Journals.bytes;
import static io.norn.journal.Journals.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  @TempDir Path directory;

  @Test
  void shouldHoldEverythingAcknowledgedByAKilledProcess() throws Exception {
    Random random = Journals.random();
    for (int round = 0; round < 3; round++) {
      long acknowledged;
      try (ChildJvm child = ChildJvm.start("append", directory.toString())) {
        acknowledged = end(child.lineWith("end "));
        for (int i = random.nextInt(400); i > 0; i--) {
          acknowledged = end(child.line());
        }
        for (String line : child.kill()) {
          acknowledged = Math.max(acknowledged, end(line));
        }
      }
      try (Journal journal = Journals.open(directory)) {
        assertThat(journal.end()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(readAll(journal, STREAM, 0)).isEqualTo(bytes(0, (int) journal.end()));
      }
    }
  }

  /** The last line may be cut short by the kill, and then names a smaller offset. */
  private static long end(String line) {
    String digits = line.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  @Test
  void shouldOpenAtOnceWhatAProcessLeftInTheMiddleOfARecord() throws Exception {
    try (ChildJvm child = ChildJvm.start("unfinished", directory.toString())) {
      assertThat(child.lineWith("begun")).isNotNull();
      child.kill();
    }
    long began = System.nanoTime();
    try (Journal journal = Journals.open(directory)) {
      append(journal, STREAM, 100, 50);
      assertThat(readAll(journal, STREAM, 0)).isEqualTo(bytes(0, 150));
    }
    assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
  }

  @Test
  void shouldBeUsedByOneProcessOnly() throws Exception {
    try (ChildJvm child = ChildJvm.start("hold", directory.toString())) {
      assertThat(child.lineWith("opened")).isNotNull();
      assertThatThrownBy(() -> Journals.open(directory))
          .isInstanceOf(JournalOpenException.class)
          .hasMessageContaining("pid " + child.pid())
          .hasMessageContaining(directory.toString());
      child.kill();
      Journals.open(directory).close();
    }
  }

  @Test
  void shouldBeOpenedOnceInOneProcessAndStayLockedForOthers() throws Exception {
    try (Journal journal = Journals.open(directory)) {
      assertThat(journal.end()).isEqualTo(-1);
      assertThatThrownBy(() -> Journals.open(directory))
          .isInstanceOf(JournalOpenException.class)
          .hasMessageContaining("this process");
      try (ChildJvm child = ChildJvm.start("hold", directory.toString())) {
        assertThat(child.lineWith("refused")).contains("pid " + ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void shouldNameTheMissingFlagsOfTheJvm() throws Exception {
    try (ChildJvm child = ChildJvm.start(List.of(), List.of(), "hold", directory.toString())) {
      assertThat(child.lineWith("refused"))
          .contains("JournalOpenException")
          .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
          .contains("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
    }
  }
}

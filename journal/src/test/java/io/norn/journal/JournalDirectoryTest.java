package io.norn.journal;

import static io.norn.journal.Journals.STREAM;
import static io.norn.journal.Journals.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDirectoryTest {
  @TempDir Path directory;

  private void write() throws IOException {
    try (Journal journal = Journals.open(directory, 1000)) {
      for (long at = 0; at < 5000; at += 100) {
        append(journal, STREAM, at, 100);
      }
    }
  }

  @Test
  void shouldRefuseADirectoryOfSomethingElse() throws Exception {
    Files.writeString(directory.resolve("dump.rdb"), "REDIS0011");
    assertRefusedNaming("dump.rdb");
  }

  @Test
  void shouldRefuseAForeignFileAmongItsOwn() throws Exception {
    write();
    Files.createDirectory(directory.resolve("photos"));
    assertRefusedNaming("photos");
    Files.delete(directory.resolve("photos"));
    Files.writeString(TestFiles.generations(directory).get(1).resolve("x.cq4"), "");
    assertRefusedNaming("x.cq4");
  }

  @Test
  void shouldRefuseANewerFormat() throws Exception {
    write();
    Files.writeString(directory.resolve("format"), "norn-journal 2 abc\n");
    assertRefusedNaming("format 2");
  }

  @Test
  void shouldRefuseAMissingGenerationOrFile() throws Exception {
    write();
    List<Path> generations = TestFiles.generations(directory);
    Files.delete(TestFiles.dataFile(generations.get(2)));
    assertRefusedNaming(generations.get(2).getFileName().toString());
    TestFiles.deleteTree(generations.get(2));
    assertRefusedNaming(generations.get(2).getFileName().toString());
  }

  @Test
  void shouldFinishADeletionThatWasInterrupted() throws Exception {
    write();
    Path oldest = TestFiles.generations(directory).get(0);
    Files.move(oldest, oldest.resolveSibling("trash-" + oldest.getFileName()));
    try (Journal journal = Journals.open(directory)) {
      assertThat(journal.latest().orElseThrow().firstOffset()).isPositive();
    }
    try (var entries = Files.list(directory)) {
      assertThat(entries).noneMatch(p -> p.getFileName().toString().startsWith("trash"));
    }
  }

  @Test
  void shouldForgetAGenerationThatWasBegunButNeverWritten() throws Exception {
    write();
    Path empty = directory.resolve(Generation.nameOf(50));
    Files.createDirectory(empty);
    try (Journal journal = Journals.open(directory)) {
      assertThat(journal.end()).isEqualTo(5000);
      append(journal, STREAM, 5000, 10);
    }
    assertThat(TestFiles.dataFile(empty)).exists();
  }

  private void assertRefusedNaming(String name) {
    assertThatThrownBy(() -> Journals.open(directory))
        .isInstanceOf(JournalOpenException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(name)
        .message()
        .doesNotContain("\n");
  }
}

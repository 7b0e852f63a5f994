package io.norn.journal;

import static io.norn.journal.Journals.STREAM;
import static io.norn.journal.Journals.append;
import static io.norn.journal.Journals.bytes;
import static io.norn.journal.Journals.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DamageTest {
  private static final int ENTRIES = 2;
  private static final int ENTRY_BYTES = 20;
  private static final int END = ENTRIES * ENTRY_BYTES;

  @TempDir Path root;
  private Path whole;
  private Path damaged;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Recovery.class);

  @BeforeEach
  void writeJournal() throws IOException {
    whole = root.resolve("whole");
    damaged = root.resolve("damaged");
    try (Journal journal = Journals.open(whole)) {
      for (long i = 0; i < ENTRIES; i++) {
        append(journal, STREAM, i * ENTRY_BYTES, ENTRY_BYTES);
      }
    }
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void restoreLogger() {
    logger.detachAppender(log);
    logger.setAdditive(true);
  }

  @Test
  void shouldKeepAPrefixWhicheverByteIsFlippedInACrashedJournal() throws Exception {
    TestFiles.unseal(whole);
    long first = TestFiles.findRecord(dataFile(whole), 0) - 4;
    for (long at = first; at < endOfRecords(); at++) {
      damageByFlip(at);
      try (Journal journal = Journals.openUnforced(damaged)) {
        assertPrefix(journal);
      }
      assertThat(log.list).as("report for byte " + at).isNotEmpty();
    }
  }

  @Test
  void shouldNeverServeWrongBytesOfASealedJournal() throws Exception {
    long first = TestFiles.findRecord(dataFile(whole), 0) - 4;
    for (long at = first; at < endOfRecords(); at += 7) {
      damageByFlip(at);
      try (Journal journal = Journals.openUnforced(damaged)) {
        assertThatThrownBy(() -> readAll(journal, STREAM, 0))
            .isInstanceOf(DamagedJournalException.class)
            .hasMessageContaining(damaged.toString());
      }
      try (Journal journal = Journals.openUnforced(damaged)) {
        assertPrefixThatCanBeContinued(journal);
      }
    }
  }

  @Test
  void shouldSurviveDamageToWhatChronicleWritesItself() throws Exception {
    long first = TestFiles.findRecord(dataFile(whole), 0) - 4;
    for (long at = 0; at < first; at = at < 320 ? at + 16 : at + 2111) {
      for (String file : new String[] {"19700101-00.cq4", "metadata.cq4t"}) {
        TestFiles.copy(whole, damaged);
        TestFiles.flip(TestFiles.generations(damaged).get(0).resolve(file), at);
        assertNothingWrongIsServed();
        TestFiles.deleteTree(damaged);
      }
    }
  }

  private void assertNothingWrongIsServed() throws IOException {
    try (Journal journal = Journals.openUnforced(damaged)) {
      byte[] read = readAll(journal, STREAM, 0);
      assertThat(read).isEqualTo(bytes(0, END));
    } catch (DamagedJournalException | JournalOpenException e) {
      assertThat(e).hasMessageContaining(damaged.toString());
    }
  }

  @Test
  void shouldKeepAPrefixWhereverTheLastRecordIsCutOff() throws Exception {
    TestFiles.unseal(whole);
    long end = endOfRecords();
    for (long length = end - ENTRY_BYTES - 84; length < end; length++) {
      TestFiles.copy(whole, damaged);
      TestFiles.truncate(dataFile(damaged), length);
      try (Journal journal = Journals.openUnforced(damaged)) {
        assertThat(journal.end()).isEqualTo(END - ENTRY_BYTES);
        assertPrefixThatCanBeContinued(journal);
      }
      TestFiles.deleteTree(damaged);
    }
  }

  @Test
  void shouldDropWhatFollowsADamagedGeneration() throws Exception {
    Path journalPath = root.resolve("many");
    try (Journal journal = Journals.open(journalPath, 1000)) {
      for (long i = 0; i < 50; i++) {
        append(journal, STREAM, i * 100, 100);
      }
    }
    TestFiles.unseal(journalPath);
    Path second = TestFiles.dataFile(TestFiles.generations(journalPath).get(1));
    TestFiles.flip(second, TestFiles.findRecord(second, 0) + 50);
    long end;
    try (Journal journal = Journals.open(journalPath, 1000)) {
      end = journal.end();
      assertThat(end).isBetween(1L, 4999L);
      append(journal, STREAM, end, 3000);
    }
    try (Journal journal = Journals.open(journalPath, 1000)) {
      assertThat(readAll(journal, STREAM, 0)).isEqualTo(bytes(0, (int) end + 3000));
    }
    assertThat(log.list).anyMatch(e -> e.getFormattedMessage().contains("dropped"));
  }

  @Test
  void shouldTakeZerosWhereRecordsWereForDamage() throws Exception {
    Path journalPath = root.resolve("zeros");
    try (Journal journal = Journals.open(journalPath, 1000)) {
      for (long i = 0; i < 30; i++) {
        append(journal, STREAM, i * 100, 100);
      }
    }
    TestFiles.unseal(journalPath);
    Path second = TestFiles.dataFile(TestFiles.generations(journalPath).get(1));
    long length = Files.size(second);
    long third = TestFiles.findRecord(second, 0) + 2L * (4 + RecordCodec.headBytes(STREAM) + 100);
    TestFiles.truncate(second, third - 4);
    TestFiles.truncate(second, length);
    try (Journal journal = Journals.open(journalPath, 1000)) {
      assertThat(journal.end()).isBetween(200L, 2000L);
      assertThat(readAll(journal, STREAM, 0)).isEqualTo(bytes(0, (int) journal.end()));
    }
    assertThat(log.list.get(0).getFormattedMessage()).contains("zeros");
  }

  @Test
  void shouldRefuseRecordsOfAnotherJournal() throws Exception {
    Path other = root.resolve("other");
    try (Journal journal = Journals.open(other)) {
      append(journal, STREAM, 0, END);
    }
    TestFiles.unseal(other);
    TestFiles.unseal(whole);
    Path stranger = dataFile(other);
    Files.delete(dataFile(whole));
    Files.copy(stranger, dataFile(whole));
    try (Journal journal = Journals.open(whole)) {
      assertThat(journal.streams()).isEmpty();
    }
    assertThat(log.list.get(0).getFormattedMessage()).contains("of another journal");
  }

  private void damageByFlip(long at) throws IOException {
    if (Files.exists(damaged)) {
      TestFiles.deleteTree(damaged);
    }
    log.list.clear();
    TestFiles.copy(whole, damaged);
    TestFiles.flip(dataFile(damaged), at);
  }

  private static void assertPrefix(Journal journal) throws IOException {
    assertThat(journal.end()).isLessThan(END);
    if (journal.end() >= 0) {
      assertThat(readAll(journal, STREAM, 0)).isEqualTo(bytes(0, (int) journal.end()));
    }
  }

  private static void assertPrefixThatCanBeContinued(Journal journal) throws IOException {
    long end = Math.max(0, journal.end());
    assertThat(end).isLessThan(END);
    append(journal, STREAM, end, END);
    assertThat(readAll(journal, STREAM, 0)).isEqualTo(bytes(0, (int) end + END));
  }

  private static Path dataFile(Path journal) throws IOException {
    return TestFiles.dataFile(TestFiles.generations(journal).get(0));
  }

  private long endOfRecords() throws IOException {
    long last = 0;
    for (long at = 0; at >= 0; at = TestFiles.findRecord(dataFile(whole), at + 1)) {
      last = at;
    }
    return last + RecordCodec.headBytes(STREAM) + ENTRY_BYTES;
  }
}

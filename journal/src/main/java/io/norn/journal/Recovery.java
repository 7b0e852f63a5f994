package io.norn.journal;

import io.norn.journal.chronicle.RecordLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a journal holds when it is opened. Sealed generations are taken as they are, others
 * are verified; at the first damage the journal is cut, so that what is left is always a prefix.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private static final long NO_SUCCESSOR = -1;

  private final JournalDirectory directory;
  private final Forcer forcer;
  private final Catalog catalog = new Catalog();
  private long expectedSequence = -1;
  private boolean cut;

  Recovery(JournalDirectory directory, Forcer forcer) {
    this.directory = directory;
    this.forcer = forcer;
  }

  Catalog run() throws IOException {
    List<Path> paths = directory.generations();
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      if (cut) {
        drop(path);
      } else {
        recover(path, i + 1 < paths.size() ? firstOf(paths.get(i + 1)) : NO_SUCCESSOR);
      }
    }
    return catalog;
  }

  private void recover(Path path, long successor) throws IOException {
    Generation generation = generationAt(path);
    requireExpected(path, generation);
    Optional<Seal> seal = sealOf(path);
    if (seal.isPresent()) {
      accept(generation, seal.get());
    } else {
      verify(generation, successor);
    }
  }

  private static long firstOf(Path path) {
    return Long.parseLong(path.getFileName().toString());
  }

  private static Generation generationAt(Path path) throws IOException {
    Path dataFile = path.resolve(RecordLog.DATA_FILE);
    long millis = Files.getLastModifiedTime(Files.exists(dataFile) ? dataFile : path).toMillis();
    return new Generation(path.getParent(), firstOf(path), millis);
  }

  private static Optional<Seal> sealOf(Path path) throws IOException {
    Path dataFile = path.resolve(RecordLog.DATA_FILE);
    Optional<Seal> seal = Seal.read(path);
    if (seal.isPresent() && !Files.exists(dataFile)) {
      throw missing(dataFile);
    }
    return seal.isPresent() && Files.size(dataFile) == seal.get().fileBytes()
        ? seal
        : Optional.empty();
  }

  private void requireExpected(Path path, Generation generation) throws IOException {
    if (expectedSequence >= 0 && generation.firstSequence() != expectedSequence) {
      throw missing(path.resolveSibling(Generation.nameOf(expectedSequence)));
    }
  }

  private static JournalOpenException missing(Path path) {
    return new JournalOpenException(
        String.format(
            "journal file %s is missing: put it back, or move the journal away to start anew",
            path));
  }

  private void accept(Generation generation, Seal seal) {
    generation.restore(seal);
    expectedSequence = seal.endSequence();
    catalog.add(generation);
  }

  private void verify(Generation generation, long successor) throws IOException {
    Path path = generation.directory();
    if (!Files.exists(path.resolve(RecordLog.DATA_FILE))) {
      if (successor != NO_SUCCESSOR) {
        throw missing(path.resolve(RecordLog.DATA_FILE));
      }
      directory.delete(path);
      return;
    }
    keepValid(new GenerationVerifier(directory.journalId()).verify(generation), successor);
  }

  private void keepValid(GenerationVerifier.Finding finding, long successor) throws IOException {
    Generation generation = finding.generation();
    // A power failure can leave zeros where records were, which look like an end.
    boolean tailLost = successor != NO_SUCCESSOR && generation.endSequence() < successor;
    if (tailLost || !finding.isWhole()) {
      cut = true;
      warn(finding);
    }
    if (generation.isEmpty()) {
      directory.delete(generation.directory());
      cut = true;
      return;
    }
    seal(generation);
    expectedSequence = generation.endSequence();
    catalog.add(generation);
  }

  /** Records how many records count, so that nobody looks at what stands behind them again. */
  private void seal(Generation generation) throws IOException {
    Path dataFile = generation.directory().resolve(RecordLog.DATA_FILE);
    forcer.force(dataFile);
    Seal.of(generation, Files.size(dataFile)).write(generation.directory(), forcer);
    generation.markSealed();
  }

  private static void warn(GenerationVerifier.Finding finding) {
    Generation generation = finding.generation();
    List<Segment> segments = generation.segments();
    String end =
        segments.isEmpty()
            ? "its beginning"
            : segments.get(segments.size() - 1).stream()
                + " "
                + segments.get(segments.size() - 1).endOffset();
    String unfinished = finding.droppedBytes() > 0 ? "an unfinished record" : "zeros";
    LOG.warn(
        "journal {} is valid up to {} only (record {}): dropped {} bytes behind it ({})",
        generation.directory(),
        end,
        generation.endSequence(),
        finding.droppedBytes(),
        finding.damage().orElse(unfinished));
  }

  private void drop(Path path) throws IOException {
    Path dataFile = path.resolve(RecordLog.DATA_FILE);
    long bytes = Files.exists(dataFile) ? Files.size(dataFile) : 0;
    LOG.warn("journal {} follows a damaged one: dropped a file of {} bytes", path, bytes);
    directory.delete(path);
  }
}

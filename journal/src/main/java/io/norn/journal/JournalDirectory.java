package io.norn.journal;

import io.norn.journal.chronicle.RecordLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a journal: {@code format} (version and id), {@code owner} (the lock), and one
 * directory for each generation, named after its first record. Anything else is refused, because a
 * wrong path in a configuration must not mix two things up.
 */
final class JournalDirectory {
  private static final String FORMAT_FILE = "format";
  private static final String FORMAT_TEMPORARY = "format.tmp";
  private static final String HEADING = "norn-journal";
  private static final String TRASH = "trash-";
  private static final Set<String> OWN_FILES =
      Set.of(FORMAT_FILE, FORMAT_TEMPORARY, JournalLock.FILE);
  private static final Set<String> GENERATION_FILES =
      Set.of(RecordLog.DATA_FILE, RecordLog.METADATA_FILE, Seal.FILE, Seal.TEMPORARY);

  private final Path path;
  private final Forcer forcer;
  private final long journalId;

  private JournalDirectory(Path path, Forcer forcer, long journalId) {
    this.path = path;
    this.forcer = forcer;
    this.journalId = journalId;
  }

  /** Reads or creates the format file. The directory is locked already. */
  static JournalDirectory open(Path path, Forcer forcer) throws IOException {
    Path format = path.resolve(FORMAT_FILE);
    if (!Files.exists(format)) {
      requireEmpty(path);
      create(path, forcer);
    }
    return new JournalDirectory(path, forcer, idIn(format));
  }

  private static void requireEmpty(Path path) throws IOException {
    for (Path entry : list(path)) {
      if (!OWN_FILES.contains(entry.getFileName().toString())) {
        throw foreign(path, entry);
      }
    }
  }

  private static void create(Path path, Forcer forcer) throws IOException {
    Path temporary = path.resolve(FORMAT_TEMPORARY);
    long id = new SecureRandom().nextLong();
    Files.writeString(
        temporary, HEADING + " " + RecordCodec.VERSION + " " + Long.toHexString(id) + "\n");
    forcer.force(temporary);
    Files.move(temporary, path.resolve(FORMAT_FILE), StandardCopyOption.ATOMIC_MOVE);
    forcer.force(path);
  }

  private static long idIn(Path format) throws IOException {
    String text = Files.readString(format).strip();
    String[] words = text.split(" ", -1);
    if (words.length != 3 || !words[0].equals(HEADING) || !words[2].matches("[0-9a-f]{1,16}")) {
      throw new JournalOpenException(
          format + " is not of a journal: use another directory, or remove this one");
    }
    if (!words[1].equals(Integer.toString(RecordCodec.VERSION))) {
      throw new JournalOpenException(
          String.format(
              "journal %s has format %s, this version reads format %d:"
                  + " use a newer version, or another directory",
              format.getParent(), words[1], RecordCodec.VERSION));
    }
    return Long.parseUnsignedLong(words[2], 16);
  }

  long journalId() {
    return journalId;
  }

  Path path() {
    return path;
  }

  /** The generations, oldest first. */
  List<Path> generations() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path entry : list(path)) {
      String name = entry.getFileName().toString();
      if (Generation.isName(name) && Files.isDirectory(entry)) {
        requireOwn(entry);
        found.add(entry);
      } else if (name.startsWith(TRASH)) {
        deleteTree(entry);
      } else if (!OWN_FILES.contains(name)) {
        throw foreign(path, entry);
      }
    }
    return found;
  }

  private static void requireOwn(Path generation) throws IOException {
    for (Path file : list(generation)) {
      if (!GENERATION_FILES.contains(file.getFileName().toString())) {
        throw foreign(generation, file);
      }
    }
  }

  private static JournalOpenException foreign(Path where, Path entry) {
    return new JournalOpenException(
        String.format(
            "%s holds %s, which is not of a journal: move it away, or use another directory",
            where, entry.getFileName()));
  }

  /** Deletes a generation so that a crash leaves either all of it or none. */
  void delete(Path generation) throws IOException {
    Path trash = generation.resolveSibling(TRASH + generation.getFileName());
    Files.move(generation, trash, StandardCopyOption.ATOMIC_MOVE);
    // Else a power failure could bring it back without its successors: a hole.
    forcer.force(path);
    deleteTree(trash);
  }

  private static void deleteTree(Path root) throws IOException {
    for (Path file : list(root)) {
      Files.delete(file);
    }
    Files.delete(root);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted(Comparator.comparing(Path::toString)).toList();
    }
  }
}

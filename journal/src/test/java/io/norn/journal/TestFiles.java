package io.norn.journal;

import io.norn.journal.chronicle.RecordLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files of journals, as tests break them. */
final class TestFiles {
  private TestFiles() {}

  static List<Path> generations(Path journal) throws IOException {
    try (Stream<Path> entries = Files.list(journal)) {
      return entries
          .filter(p -> Generation.isName(p.getFileName().toString()))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  static Path dataFile(Path generation) {
    return generation.resolve(RecordLog.DATA_FILE);
  }

  /** Makes the journal look as if its process had died. */
  static void unseal(Path journal) throws IOException {
    for (Path generation : generations(journal)) {
      Files.deleteIfExists(generation.resolve(Seal.FILE));
    }
  }

  static void deleteTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Copies a journal, leaving holes as holes. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          copyFile(file, target);
        }
      }
    }
  }

  private static void copyFile(Path from, Path to) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
      out.setLength(in.size());
      ByteBuffer block = ByteBuffer.allocate(1 << 16);
      for (long at = 0; at < in.size(); at += block.position()) {
        block.clear();
        in.read(block, at);
        if (!isZero(block)) {
          out.seek(at);
          out.write(block.array(), 0, block.position());
        }
      }
    }
  }

  private static boolean isZero(ByteBuffer block) {
    for (int i = 0; i < block.position(); i++) {
      if (block.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.seek(at);
      int old = data.read();
      data.seek(at);
      data.write(old ^ (1 << (at % 8)));
    }
  }

  static void truncate(Path file, long length) throws IOException {
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.setLength(length);
    }
  }

  /** Where the magic of a record stands, the first at or after a position; -1 when nowhere. */
  static long findRecord(Path file, long from) throws IOException {
    byte[] all = Files.readAllBytes(file);
    for (int i = (int) from; i + 4 <= all.length; i++) {
      if (all[i] == 'N' && all[i + 1] == 'R' && all[i + 2] == 'N' && all[i + 3] == 'J') {
        return i;
      }
    }
    return -1;
  }
}

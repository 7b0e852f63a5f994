package io.norn.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;

/**
 * What users need not set, and where tests put their own disk.
 *
 * @param generationBytes size at which a new generation begins
 * @param forcer forces files to the disk
 * @param space tells the free space of the file system
 */
record JournalTuning(long generationBytes, Forcer forcer, SpaceProbe space) {
  private static final long SMALLEST_GENERATION = 4L << 20;
  private static final long LARGEST_GENERATION = 128L << 20;

  static JournalTuning of(JournalSettings settings) throws IOException {
    Files.createDirectories(settings.directory());
    FileStore store = Files.getFileStore(settings.directory());
    // Retention deletes whole generations: an eighth of the limit is how exact it will be.
    long bytes = settings.maxBytes() / 8;
    return new JournalTuning(
        Math.max(SMALLEST_GENERATION, Math.min(LARGEST_GENERATION, bytes)),
        Forcer.DISK,
        store::getUsableSpace);
  }
}

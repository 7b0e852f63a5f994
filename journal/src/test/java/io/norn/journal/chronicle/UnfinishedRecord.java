package io.norn.journal.chronicle;

import java.nio.file.Path;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/** Leaves a log as a process does that dies while it writes. */
public final class UnfinishedRecord {
  private UnfinishedRecord() {}

  /** Begins a record, takes Chronicle's write lock, and never ends either. */
  public static DocumentContext begin(Path directory) {
    ChronicleQueue queue =
        SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(LegacyRollCycles.HOURLY)
            .timeProvider(() -> 0L)
            .blockSize(RecordLog.BLOCK_BYTES)
            .build();
    DocumentContext document = queue.createAppender().writingDocument();
    document.wire().bytes().writeLong(0x4e524e4aL);
    return document;
  }
}

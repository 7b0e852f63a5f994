package io.norn.journal;

import io.norn.journal.chronicle.RecordLog;
import io.norn.journal.chronicle.RecordLogException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;

/**
 * Writes records into the newest generation and begins a new one when it is full or old. A
 * generation of an earlier process is never continued. Guarded by the append lock of the journal.
 */
final class GenerationWriter {
  private final JournalState state;
  private final InstantSource clock;
  private final RecordCodec codec;
  private final long maxBytes;
  private final long maxAgeMillis;
  private Generation generation;
  private RecordLog log;

  GenerationWriter(JournalState state, InstantSource clock, long maxBytes, long maxAgeMillis) {
    this.state = state;
    this.clock = clock;
    this.codec = new RecordCodec(state.journalId());
    this.maxBytes = maxBytes;
    this.maxAgeMillis = maxAgeMillis;
  }

  /** Appends one record and shows it to readers. */
  void append(String stream, long offset, int db, byte[] buffer, int from, int length)
      throws IOException {
    long now = clock.millis();
    if (log != null && isFull(length, now)) {
      complete();
    }
    if (log == null) {
      begin(now);
    }
    reserve(RecordCodec.headBytes(stream) + length);
    Tip tip = state.tip();
    int headLength = codec.encodeHead(tip.sequence(), stream, offset, db, buffer, from, length);
    write(headLength, buffer, from, length);
    generation.touch(now);
    state.catalog().count(generation, stream, offset + length, length);
    state.publish(tip.after(stream, offset + length));
  }

  private boolean isFull(int length, long now) {
    boolean tooLarge = generation.bytes() + length > maxBytes;
    return !generation.isEmpty() && (tooLarge || now - generation.createdMillis() > maxAgeMillis);
  }

  private void begin(long now) throws IOException {
    Generation next = new Generation(state.directory(), state.tip().sequence(), now);
    Files.createDirectory(next.directory());
    try {
      log = RecordLog.create(next.directory());
    } catch (RecordLogException e) {
      throw state.fail(e);
    }
    generation = next;
    state.catalog().add(next);
  }

  private void reserve(int bytes) throws DiskFullException {
    try {
      log.reserve(bytes);
    } catch (IOException e) {
      throw new DiskFullException(
          "disk of journal " + state.directory() + " is full, free space: " + e.getMessage());
    }
  }

  private void write(int headLength, byte[] buffer, int from, int length) throws IOException {
    try {
      log.append(codec.head(), headLength, buffer, from, length);
    } catch (RecordLogException e) {
      throw state.fail(e);
    }
  }

  /** Ends the newest generation; the next append begins another. */
  void complete() {
    if (log != null) {
      log.close();
      log = null;
    }
  }
}

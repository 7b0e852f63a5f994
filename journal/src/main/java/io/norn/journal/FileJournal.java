package io.norn.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** The journal in a directory. */
final class FileJournal implements Journal {
  private static final Pattern STREAM_NAME =
      Pattern.compile("[!-~]{1," + RecordCodec.MAX_NAME_BYTES + "}");

  private final JournalSettings settings;
  private final JournalLock lock;
  private final JournalDirectory files;
  private final JournalState state;
  private final ReentrantLock appendLock = new ReentrantLock();
  private final SpaceGuard space;
  private final GenerationWriter writer;
  private final Durability durability;
  private final Optional<SyncEverySecond> everySecond;
  private final Retention retention;
  private final Set<ChainReader> readers = new HashSet<>();

  FileJournal(
      JournalSettings settings,
      InstantSource clock,
      JournalTuning tuning,
      JournalLock lock,
      JournalDirectory files,
      JournalState state) {
    this.settings = settings;
    this.lock = lock;
    this.files = files;
    this.state = state;
    this.space =
        new SpaceGuard(
            settings.directory(), settings.reserveBytes(), tuning.space(), System::nanoTime);
    long generationAgeMillis = Math.max(1, settings.maxAge().toMillis() / 8);
    this.writer = new GenerationWriter(state, clock, tuning.generationBytes(), generationAgeMillis);
    this.durability = new Durability(state, tuning.forcer());
    this.retention = new Retention(state, settings, clock);
    this.everySecond =
        settings.sync() == SyncPolicy.EVERYSEC
            ? Optional.of(new SyncEverySecond(durability, settings.directory().toString()))
            : Optional.empty();
  }

  @Override
  public Path directory() {
    return settings.directory();
  }

  @Override
  public List<StreamRange> streams() {
    return state.catalog().streams();
  }

  @Override
  public Optional<StreamRange> latest() {
    List<StreamRange> all = streams();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  @Override
  public void append(String stream, long offset, int db, byte[] buffer, int from, int length)
      throws IOException {
    Objects.checkFromIndexSize(from, length, buffer.length);
    appendLock.lock();
    // An interrupt while a block is mapped would close the file under Chronicle's feet.
    boolean interrupted = Thread.interrupted();
    try {
      state.requireUsable();
      requireFollowing(stream, offset);
      if (length > 0 || !stream.equals(state.tip().stream())) {
        appendEntries(stream, offset, db, buffer, from, length);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      appendLock.unlock();
    }
  }

  private void appendEntries(
      String stream, long offset, int db, byte[] buffer, int from, int length) throws IOException {
    long entries = length / MAX_ENTRY_BYTES + 1L;
    space.take(length + entries * RecordCodec.MAX_HEAD_BYTES);
    int done = 0;
    do {
      int n = Math.min(MAX_ENTRY_BYTES, length - done);
      writer.append(stream, offset + done, db, buffer, from + done, n);
      done += n;
    } while (done < length);
  }

  private void requireFollowing(String stream, long offset) throws JournalGapException {
    Tip tip = state.tip();
    if (stream.equals(tip.stream())) {
      if (offset != tip.end()) {
        throw gap(stream, offset, "the journal ends at " + tip.end());
      }
    } else if (!STREAM_NAME.matcher(stream).matches() || offset < 0) {
      throw new IllegalArgumentException("no position in a stream: " + stream + " " + offset);
    } else if (streams().stream().anyMatch(range -> range.stream().equals(stream))) {
      throw gap(stream, offset, "that stream was left for " + tip.stream() + " " + tip.end());
    }
  }

  private JournalGapException gap(String stream, long offset, String why) {
    return new JournalGapException(
        String.format(
            "journal %s cannot take stream %s at %d: %s", directory(), stream, offset, why));
  }

  @Override
  public long end() {
    return state.tip().end();
  }

  @Override
  public long durableEnd() {
    Tip durable = state.durable();
    Optional<StreamRange> latest = latest();
    if (latest.isEmpty()) {
      return -1;
    }
    boolean same = latest.get().stream().equals(durable.stream());
    return same ? durable.end() : latest.get().firstOffset();
  }

  @Override
  public void sync() throws IOException {
    durability.sync();
  }

  @Override
  public JournalReader reader(String stream, long offset) throws IOException {
    synchronized (readers) {
      state.requireUsable();
      Catalog.Place place =
          state.catalog().find(stream, offset).orElseThrow(() -> gone(stream, offset));
      ChainReader reader =
          new ChainReader(state, sequenceOf(place, offset), stream, offset, this::forget);
      readers.add(reader);
      return reader;
    }
  }

  /** Where to begin to read: everything before the offset is skipped by the reader. */
  private static long sequenceOf(Catalog.Place place, long offset) {
    Segment segment = place.segment();
    return offset == segment.endOffset() ? place.endSequence() : segment.firstSequence();
  }

  private PositionGoneException gone(String stream, long offset) {
    return new PositionGoneException(
        String.format(
            "journal %s does not hold stream %s at %d; it holds %s",
            directory(), stream, offset, streams()));
  }

  private void forget(ChainReader reader) {
    synchronized (readers) {
      readers.remove(reader);
    }
  }

  @Override
  public void keepFrom(String stream, long offset) {
    retention.keepFrom(stream, offset);
  }

  @Override
  public void housekeep() throws IOException {
    synchronized (readers) {
      state.requireUsable();
      long needed = readers.stream().mapToLong(ChainReader::sequence).min().orElse(Long.MAX_VALUE);
      retention.housekeep(needed, files);
    }
  }

  @Override
  public long oldestMillis() {
    return state.catalog().oldestMillis();
  }

  @Override
  public long sizeBytes() {
    return state.catalog().bytes();
  }

  @Override
  public void close() throws IOException {
    appendLock.lock();
    try {
      if (state.closed()) {
        return;
      }
      state.close();
      everySecond.ifPresent(SyncEverySecond::close);
      closeReaders();
      writer.complete();
      if (!state.failed()) {
        durability.sealAll();
      }
    } finally {
      lock.close();
      appendLock.unlock();
    }
  }

  private void closeReaders() {
    List<ChainReader> open;
    synchronized (readers) {
      open = List.copyOf(readers);
    }
    open.forEach(ChainReader::close);
  }
}

package io.norn.agent.link;

import io.norn.agent.node.SmallFile;
import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.StreamRange;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The bytes of one peer's stream on disk, with what is noted beside them. */
final class InboundJournal implements Closeable {
  private final PeerDirectory directory;
  private volatile Journal journal;

  InboundJournal(PeerDirectory directory) throws IOException {
    this.directory = directory;
    this.journal = directory.openJournal();
  }

  Journal journal() {
    return journal;
  }

  long end() {
    return journal.end();
  }

  /** What is held of the stream that is being read. */
  Optional<StreamRange> latest() {
    return journal.latest();
  }

  /** True if the stream is being read, and held from that place on. */
  boolean holds(StreamId stream, long offset) {
    return latest()
        .filter(range -> range.stream().equals(stream.stream()))
        .filter(range -> holds(range, offset))
        .isPresent();
  }

  static boolean holds(StreamRange range, long offset) {
    return range.firstOffset() <= offset && offset <= range.endOffset();
  }

  /** The reader's state where the journal begins; empty if it was not noted. */
  Optional<DecoderState> startOf(StreamRange range) throws IOException {
    return directory.readStart(range.stream(), range.firstOffset());
  }

  /** The peer's current replid, which may change while its stream goes on. */
  SmallFile replidFile() {
    return directory.replidFile();
  }

  /** The replid under which to ask the peer's server for more of the stream. */
  String replid(StreamId stream) throws IOException {
    return replidFile().read().orElse(StreamName.replid(stream.stream()));
  }

  /** Throws away what is held, and begins with a stream at a place. */
  void begin(StreamId stream, DecoderState start, String replid) throws IOException {
    renew();
    directory.writeStart(stream.stream(), start);
    journal.append(stream.stream(), start.offset(), start.db(), new byte[0], 0, 0);
    replidFile().write(replid);
  }

  /** As {@link #begin}, where a state of the peer's stream that is applied here stands. */
  void begin(StreamId stream, Progress applied) throws IOException {
    begin(stream, DecoderState.of(applied), StreamName.replid(stream.stream()));
  }

  /** Throws away what is held. */
  void renew() throws IOException {
    journal.close();
    directory.damagedFile().write("renewed");
    journal = directory.openJournal();
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}

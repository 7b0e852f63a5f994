package io.norn.sim.mesh;

import io.norn.clock.StreamId;
import io.norn.sim.world.SimJournal;
import io.norn.sim.world.StreamReader;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.StreamDecoder;
import io.norn.stream.StreamItem;
import io.norn.stream.VersionVector;
import java.util.function.Consumer;

/** Reads a peer's stream: into the journal first, then decoded to the core. */
final class PeerReader implements StreamReader {
  private final StreamId stream;
  private final SimJournal journal;
  private final Witness witness;
  private final CommandFeed feed;
  private final StreamDecoder decoder;
  private long uncoveredSinceMicros = -1;
  private long uncoveredUpto;

  PeerReader(StreamId stream, NodeDisk disk, Mutation mutation, Consumer<StreamItem> out) {
    this.stream = stream;
    this.journal = disk.journal(stream);
    this.witness = disk.witness();
    DecoderState start = start(disk.checkpoint(), stream);
    this.decoder =
        new StreamDecoder(stream, Resumption.of(start, mutation), VersionVector.EMPTY, out);
    this.feed = CommandFeed.of(mutation, decoder::accept);
  }

  /** Where reading a stream begins for this checkpoint. */
  static DecoderState start(Checkpoint checkpoint, StreamId stream) {
    Progress progress = checkpoint.applied().get(stream);
    return progress == null ? DecoderState.at(0) : DecoderState.of(progress);
  }

  /** Decodes what the journal holds from the start position on. */
  void replay(long fromOffset) {
    journal.after(fromOffset).forEach(entry -> feed.accept(entry.command(), entry.endOffset()));
  }

  @Override
  public long position() {
    return journal.endOffset();
  }

  @Override
  public void accept(byte[][] command, long endOffset) {
    if (journal.append(command, endOffset)) {
      witness.peer(stream, command, endOffset);
      feed.accept(command, endOffset);
    }
  }

  long released() {
    return decoder.released().offset();
  }

  StreamDecoder decoder() {
    return decoder;
  }

  /** End of what no tick has covered for this long; 0 if there is none. */
  long uncoveredFor(long limitMicros, long nowMicros) {
    long upto = decoder.uncoveredUpto();
    if (upto == 0 || uncoveredUpto != upto) {
      uncoveredUpto = upto;
      uncoveredSinceMicros = nowMicros;
    }
    return upto != 0 && nowMicros - uncoveredSinceMicros >= limitMicros ? upto : 0;
  }
}

package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.shadow.Shadows;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.StreamDecoder;
import io.norn.stream.StreamItem;
import io.norn.stream.StreamItem.AppliedBatch;
import io.norn.stream.VersionVector;
import java.util.ArrayDeque;

/**
 * What was read of the own stream and is not in the window yet: it waits for a tick, or behind a
 * marker for more of a peer's stream.
 */
public final class OwnBacklog {
  private final ArrayDeque<StreamItem> decoded = new ArrayDeque<>();
  private final StreamDecoder decoder;
  private Shadows shadows;

  OwnBacklog(StreamId own, DecoderState start, VersionVector applied) {
    this.decoder = new StreamDecoder(own, start, applied, decoded::add);
  }

  /** From here on the values that pops take from are followed too. */
  public void follow(Shadows followed) {
    shadows = followed;
  }

  /** Null if none are followed. */
  public Shadows shadows() {
    return shadows;
  }

  void accept(byte[][] args, long endOffset) {
    if (shadows != null) {
      shadows.accept(args, endOffset);
    }
    decoder.accept(args, endOffset);
  }

  /** Decodes the own stream. */
  public StreamDecoder decoder() {
    return decoder;
  }

  /** Null if there is none. */
  StreamItem peek() {
    return decoded.peek();
  }

  StreamItem poll() {
    return decoded.poll();
  }

  /** True if an own marker cannot be processed before more of some peer's stream is read. */
  public boolean isStalled() {
    return !decoded.isEmpty();
  }

  /** True if it is this peer's stream. */
  public boolean awaits(StreamId stream, Inboxes inboxes) {
    Inbox inbox = inboxes.get(stream);
    Progress awaited =
        decoded.peek() instanceof AppliedBatch batch ? batch.marker().advanced().get(stream) : null;
    return inbox != null && awaited != null && awaited.offset() > inbox.decodedUpto();
  }

  /** Rough size of what is in memory. */
  public long bytes() {
    return decoder.heldBytes() + decoded.stream().mapToLong(StreamItem::bytes).sum();
  }
}

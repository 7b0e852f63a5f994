package io.norn.agent.verify;

import io.norn.stream.VersionVector;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Waits until everything that any node had written at this moment is in at all others. */
final class Passage {
  private static final long POLL_MILLIS = 50;
  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final List<VerifiedNode> nodes;
  private final long limitNanos;

  Passage(List<VerifiedNode> nodes, long limitMillis) {
    this.nodes = nodes;
    this.limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
  }

  /**
   * Waits.
   *
   * @throws IOException if that takes too long, naming who lacks what; or a server does not answer
   */
  void await() throws IOException, InterruptedException {
    Map<VerifiedNode, Long> ends = new HashMap<>();
    for (VerifiedNode node : nodes) {
      ends.put(node, node.position());
    }
    for (VerifiedNode reader : nodes) {
      await(reader, ends);
    }
  }

  private void await(VerifiedNode reader, Map<VerifiedNode, Long> ends)
      throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    long askedNanos = startNanos - ASK_AGAIN_NANOS;
    VerifiedNode lacking = lacking(reader, ends);
    while (lacking != null) {
      long nowNanos = System.nanoTime();
      if (nowNanos - startNanos > limitNanos) {
        throw new IOException(
            "node "
                + reader.name()
                + " has not taken in for "
                + TimeUnit.NANOSECONDS.toSeconds(limitNanos)
                + " s what was written at node "
                + lacking.name()
                + ": see 'norn status' of "
                + reader.name());
      }
      if (nowNanos - askedNanos >= ASK_AGAIN_NANOS) {
        reader.askForVector();
        askedNanos = nowNanos;
      }
      Thread.sleep(POLL_MILLIS);
      lacking = lacking(reader, ends);
    }
  }

  /** A node of which something is not in yet at the reader; null for none. */
  private VerifiedNode lacking(VerifiedNode reader, Map<VerifiedNode, Long> ends)
      throws IOException {
    VersionVector vector = reader.vector();
    for (VerifiedNode writer : nodes) {
      boolean isOther = !writer.name().equals(reader.name());
      if (isOther && !vector.covers(writer.stream(), ends.get(writer))) {
        return writer;
      }
    }
    return null;
  }
}

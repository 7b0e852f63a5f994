package io.norn.agent.join;

import io.norn.agent.node.NodeRecord;
import io.norn.clock.StreamId;
import java.io.IOException;

/**
 * Says in the own reserved key that this node has to merge a peer's snapshot, so that of two nodes
 * that have to merge each other's one goes first.
 *
 * <p>First goes the node that remembers what it executed since the other lost it; if both or none
 * do, the one with the larger id.
 */
final class MergeNotice {
  private final JoinContext context;
  private final StreamId own;
  private final String peer;
  private final boolean forgot;

  /**
   * Prepares it.
   *
   * @param record what the peer's server says of its node
   * @param removed true if the peer was removed and added again: meanwhile nothing was remembered
   *     for it
   */
  MergeNotice(JoinContext context, NodeRecord record, boolean removed) {
    this.context = context;
    this.own = context.monitor().with(state -> state.ownStream());
    this.peer = record.node();
    this.forgot = removed || record.vector().get(own) == null;
  }

  /** True if operations that the peer lacks may not be remembered here. */
  boolean forgot() {
    return forgot;
  }

  void post() throws IOException, InterruptedException {
    write(forgot ? NodeRecord.MERGES_FORGETFUL : NodeRecord.MERGES);
  }

  void remove() throws IOException, InterruptedException {
    write("-");
  }

  private void write(String word) throws IOException, InterruptedException {
    context.writer().write(NodeRecord.mergeField(peer), context.monitor().instance() + " " + word);
  }

  /** True if this node merges without waiting for the other, which waits for it. */
  boolean goesFirst(NodeRecord record) {
    if (!record.merges(own.node())) {
      return false;
    }
    boolean otherForgot = record.forgot(own.node());
    return forgot == otherForgot ? own.node().compareTo(peer) > 0 : otherForgot;
  }
}

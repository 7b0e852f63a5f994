package io.norn.agent.join;

import io.norn.agent.node.NodeRecord;
import io.norn.agent.part.LinkStatus;
import io.norn.clock.StreamId;
import io.norn.merge.MergeState;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.stream.Progress;
import io.norn.stream.Reserved;
import io.norn.stream.VersionVector;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Waits until a peer that knew this node before has applied what was executed here and finds out
 * what its state means then.
 */
final class CommonPoint {
  private static final long POLL_MILLIS = 50;

  private static final int POLLS_PER_QUESTION = 10;

  private final JoinContext context;
  private final Endpoint peer;
  private final MergeNotice notice;
  private final LinkStatus status;
  private int polls;

  CommonPoint(JoinContext context, Endpoint peer, MergeNotice notice, LinkStatus status) {
    this.context = context;
    this.peer = peer;
    this.notice = notice;
    this.status = status;
  }

  /** Waits, unless the peer waits for this node or does not follow it any more. */
  KeyMerge.Mode await() throws IOException, InterruptedException {
    StreamId own = context.monitor().with(MergeState::ownStream);
    long lastChange = context.monitor().with(MergeState::lastOwnChange);
    try (ServerConnection server = ServerConnection.open(peer)) {
      NodeRecord record = NodeRecord.read(server);
      while (!hasOwn(record, own, lastChange)) {
        if (notice.goesFirst(record)) {
          status.progress("merging before node " + record.node() + ", which waits for it");
          return notice.forgot() ? KeyMerge.Mode.FIRST_CONTACT : absenceCounts(record);
        }
        if (!record.follows().contains(own.node()) && !record.follows().contains("?")) {
          return KeyMerge.Mode.FIRST_CONTACT;
        }
        status.progress(
            "waiting until node " + record.node() + " has applied what was written here before");
        record = readLater(server);
      }
      return awaitThirdNodes(server, record);
    }
  }

  /**
   * The vector moves only with changes, so nothing but the last change of ours can be expected in
   * it.
   */
  private static boolean hasOwn(NodeRecord record, StreamId own, long lastChange) {
    return record.vector().get(own) != null && record.vector().covers(own, lastChange);
  }

  /**
   * Of a stream that stands still at the peer it is not expected to get what is missing: its link
   * to that node is cut, too.
   */
  private KeyMerge.Mode awaitThirdNodes(ServerConnection server, NodeRecord first)
      throws IOException, InterruptedException {
    NodeRecord record = first;
    Standstill standstill = new Standstill(Standstill.LIMIT_MILLIS);
    Set<StreamId> missing = missing(record);
    while (!missing.isEmpty()) {
      if (standstill.isIn(missing, record.vector(), System.currentTimeMillis())) {
        return absenceCounts(record);
      }
      status.progress("waiting until node " + record.node() + " has what other nodes wrote");
      record = readLater(server);
      missing = missing(record);
    }
    return KeyMerge.Mode.COMMON_POINT;
  }

  /** Streams of third nodes of which the peer does not have all that is here. */
  private Set<StreamId> missing(NodeRecord record) {
    VersionVector foreign = foreign(record.node());
    Set<StreamId> missing = new HashSet<>(foreign.entries().keySet());
    missing.removeIf(stream -> record.vector().covers(stream, foreign.offset(stream)));
    return missing;
  }

  /** A vector moves only with changes, so now and then the peer is asked to write it. */
  private NodeRecord readLater(ServerConnection server) throws IOException, InterruptedException {
    if (polls++ % POLLS_PER_QUESTION == 0) {
      server.require("SPUBLISH", Reserved.CHANNEL, Reserved.VECTOR_QUESTION);
    }
    Thread.sleep(POLL_MILLIS);
    return NodeRecord.read(server);
  }

  /**
   * What came here by a snapshot of a third node is not remembered one by one: if the peer lacks
   * some of it, a key that is absent there may be a new one here.
   */
  private KeyMerge.Mode absenceCounts(NodeRecord record) {
    boolean unknown =
        foreign(record.node()).entries().entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getValue().batch() <= Progress.OF_SNAPSHOT
                        && !record.vector().covers(entry.getKey(), entry.getValue().offset()));
    return unknown ? KeyMerge.Mode.SUPERSET : KeyMerge.Mode.COMMON_POINT;
  }

  private VersionVector foreign(String peerNode) {
    Map<StreamId, Progress> entries =
        new HashMap<>(context.monitor().with(state -> state.applied().entries()));
    entries.keySet().removeIf(stream -> stream.node().equals(peerNode));
    return VersionVector.of(entries);
  }
}

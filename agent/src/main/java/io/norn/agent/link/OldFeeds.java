package io.norn.agent.link;

import io.norn.agent.part.Heartbeat;
import io.norn.agent.part.Traffic;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.stream.DecoderState;
import io.norn.stream.StreamItem;
import io.norn.stream.Tick;
import io.norn.stream.UnclassifiedDelete;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds of streams that a server has left for a new one: they go on until all that journals hold of
 * them has been handed over.
 */
public final class OldFeeds implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(OldFeeds.class);

  private final NodeMonitor monitor;
  private final Map<StreamId, PeerFeed> feeds = new HashMap<>();

  public OldFeeds(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  /** Opens one anew, from a place up to which it is applied. */
  public synchronized void open(
      StreamId stream, DecoderState start, Journal journal, Tick closing) {
    monitor.with(
        state -> {
          state.inboxes().open(stream, start);
          return null;
        });
    PeerFeed feed = new PeerFeed(stream, start, journal, monitor, new Quiet(stream), new Traffic());
    feed.start();
    retire(stream, feed, closing);
  }

  /** Takes over one that runs. */
  synchronized void retire(StreamId stream, PeerFeed feed, Tick closing) {
    feed.retire(new Quiet(stream), closing);
    feeds.put(stream, feed);
  }

  @Override
  public synchronized void close() {
    feeds.forEach(
        (stream, feed) -> {
          feed.close();
          monitor.with(
              state -> {
                state.closeInbox(stream);
                return null;
              });
        });
    feeds.clear();
  }

  /** What an old stream says concerns nobody any more, but for its changes. */
  private record Quiet(StreamId stream) implements PeerFeed.Listener {
    @Override
    public void failed(IOException cause) {
      LOG.error("What {} brought last cannot be read: {}", stream, cause.getMessage());
    }

    @Override
    public void crashed(String line) {
      LOG.error("What {} brought last is not read any more: {}", stream, line);
    }

    @Override
    public void heartbeat(Heartbeat heartbeat) {}

    @Override
    public void uncovered(long upto, long coveredUpto, long sinceMillis) {}

    @Override
    public void deleted(UnclassifiedDelete delete) {}

    @Override
    public void read(long upto, long coveredUpto) {}

    @Override
    public void message(StreamItem.Message message) {}
  }
}

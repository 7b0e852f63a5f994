package io.norn.agent.link;

import io.norn.journal.Journal;
import io.norn.net.Endpoint;
import io.norn.psync.PrimaryInfo;
import io.norn.server.ServerConnection;
import io.norn.server.ServerRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;

/**
 * Tells a link that is dead from one on which there is nothing to say. A peer's agent gives a sign
 * of life each second, but it may be away, or slower by its configuration, and a server alone says
 * nothing for ten seconds. So after some silence the server is asked, on another connection, how
 * far its stream is. Belongs to the thread of the link.
 */
final class LinkProbe implements StreamPump.Until {
  private static final long SILENT_NANOS = 2_000_000_000L;
  private static final int TIMEOUT_MILLIS = 2000;

  private final Endpoint server;
  private final Journal journal;
  private long end;
  private long quietSinceNanos = System.nanoTime();
  private boolean isBehind;

  /**
   * Begins.
   *
   * @param journal in which what comes over the link appears
   */
  LinkProbe(Endpoint server, Journal journal) {
    this.server = server;
    this.journal = journal;
    this.end = journal.end();
  }

  /**
   * Never reached.
   *
   * @throws UnreachableException if nothing comes and the server does not answer
   * @throws SocketTimeoutException if it answers, and has more than what comes
   */
  @Override
  public boolean isReached() throws IOException {
    long now = System.nanoTime();
    if (journal.end() != end) {
      end = journal.end();
      quietSinceNanos = now;
      isBehind = false;
    } else if (now - quietSinceNanos >= SILENT_NANOS) {
      ask();
    }
    return false;
  }

  /** What was written a moment ago may be on its way: only the second time counts. */
  private void ask() throws IOException {
    boolean wasBehind = isBehind;
    isBehind = hasMore();
    if (isBehind && wasBehind) {
      throw new SocketTimeoutException(
          server + ": what it writes does not come, the link is taken for dead");
    }
    if (!isBehind) {
      quietSinceNanos = System.nanoTime();
    }
  }

  private boolean hasMore() throws UnreachableException {
    try (ServerConnection connection = ServerConnection.open(server, TIMEOUT_MILLIS)) {
      PrimaryInfo info = PrimaryInfo.parse(connection.requireText("INFO", "replication"));
      return info.masterReplOffset() > end;
    } catch (ServerRefusedException e) {
      // It lives, and a busy one does not stream.
      return false;
    } catch (IOException e) {
      throw new UnreachableException(e);
    }
  }
}

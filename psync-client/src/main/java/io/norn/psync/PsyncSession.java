package io.norn.psync;

import io.norn.psync.SyncRequest.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One connection to a primary as one of its replicas.
 *
 * <p>The order is {@link #open}, {@link #sync}, the snapshot if the reply was {@link
 * SyncReply.FullResync}, then {@link #read} again and again. All by one thread; only {@link #ack}
 * and {@link #close} may be called from others. After an exception the session is of no use.
 */
public final class PsyncSession implements Closeable {
  private static final int MAX_EMPTY_SNAPSHOT_BYTES = 1 << 20;
  private static final int START_ACK_MILLIS = 100;

  private enum Phase {
    HANDSHAKE,
    SNAPSHOT,
    SNAPSHOT_TAKEN,
    STREAM
  }

  private final LinkSettings settings;
  private final Link link;
  private final PrimaryInfo primary;
  private boolean filtered;
  private int silentMillis;
  private volatile Phase phase = Phase.HANDSHAKE;
  private volatile long ackedOffset;
  private volatile long ackedDurableOffset;

  private PsyncSession(LinkSettings settings, Link link, PrimaryInfo primary) {
    this.settings = settings;
    this.link = link;
    this.primary = primary;
  }

  /**
   * Connects, authenticates, and introduces this replica.
   *
   * @throws PsyncRefusedException if the server said no, or is none that can be followed
   * @throws TryLaterException if the server is not ready yet
   * @throws IOException if it cannot be reached
   */
  public static PsyncSession open(LinkSettings settings) throws IOException {
    Link link = Link.open(settings.endpoint(), settings.connectTimeoutMillis());
    try {
      PrimaryInfo primary = new Handshake(link, settings).run();
      return new PsyncSession(settings, link, primary);
    } catch (IOException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** What the server said about itself when the session was opened. */
  public PrimaryInfo primary() {
    return primary;
  }

  /**
   * Asks for the stream. May be repeated after {@link SyncReply.TryLater}.
   *
   * @throws IllegalStateException if a full snapshot is asked for after an empty one: a server
   *     cannot be told to forget that, open a new session
   */
  public SyncReply sync(SyncRequest request) throws IOException {
    expect(Phase.HANDSHAKE);
    if (request.snapshot() == Snapshot.EMPTY && !filtered) {
      Reply reply = call("REPLCONF", "rdb-filter-only", "");
      if (reply.isError()) {
        return refusal(reply);
      }
      filtered = true;
    } else if (filtered && request.snapshot() == Snapshot.FULL) {
      throw new IllegalStateException("this session can only get an empty snapshot");
    }
    // The reply may come only when a snapshot begins, several seconds later.
    link.timeout(settings.readDeadlineMillis());
    return reply(request, psync(request));
  }

  private Reply psync(SyncRequest request) throws IOException {
    if (request.from().isEmpty()) {
      return call("PSYNC", "?", "-1");
    }
    Position from = request.from().get();
    return call("PSYNC", from.replid(), Long.toString(from.offset() + 1));
  }

  private SyncReply reply(SyncRequest request, Reply reply) throws IOException {
    if (reply.isError()) {
      return refusal(reply);
    }
    SyncReply answer = PsyncAnswer.parse(link, request, reply);
    phase = answer instanceof SyncReply.FullResync ? Phase.SNAPSHOT : Phase.STREAM;
    return answer;
  }

  private SyncReply refusal(Reply reply) {
    String reason = link.endpoint() + ": " + reply.text() + Handshake.hint(reply.code());
    return reply.isTemporary() ? new SyncReply.TryLater(reason) : new SyncReply.Refused(reason);
  }

  /**
   * Spools the snapshot to a file, which appears whole and synced or not at all.
   *
   * @param file where; the directory must exist, and a file of that name is replaced
   */
  public void receiveSnapshot(Path file, SnapshotProgress progress) throws IOException {
    expect(Phase.SNAPSHOT);
    SnapshotStream snapshot = SnapshotStream.open(link);
    ProgressMeter meter = new ProgressMeter(progress, snapshot.totalBytes());
    try (SnapshotFile spool = SnapshotFile.create(file)) {
      snapshot.transferTo(
          (bytes, length) -> {
            spool.write(bytes, length);
            meter.add(length);
          });
      spool.commit();
    }
    meter.finish();
    snapshotTaken();
  }

  /**
   * Takes an empty snapshot off the wire.
   *
   * @throws IOException if it is larger than an empty one can be: the server did not understand
   *     what it was asked for
   */
  public void skipSnapshot() throws IOException {
    expect(Phase.SNAPSHOT);
    long[] received = {0};
    SnapshotStream.open(link)
        .transferTo(
            (bytes, length) -> {
              received[0] += length;
              if (received[0] > MAX_EMPTY_SNAPSHOT_BYTES) {
                throw new IOException(
                    link.endpoint()
                        + ": sends its whole dataset though an empty one was asked for");
              }
            });
    snapshotTaken();
  }

  /** A primary that made the snapshot while sending it starts the stream only after an ack. */
  private void snapshotTaken() throws IOException {
    phase = Phase.SNAPSHOT_TAKEN;
    sendAck();
  }

  /**
   * Reads bytes of the stream as they come, at least one.
   *
   * @return number of bytes, or -1 at the end
   * @throws SocketTimeoutException if the primary was silent for longer than the read deadline
   */
  public int read(byte[] buffer) throws IOException {
    if (phase == Phase.SNAPSHOT_TAKEN) {
      return readFirst(buffer);
    }
    expect(Phase.STREAM);
    return link.read(buffer, 0, buffer.length);
  }

  /**
   * As {@link #read}, but comes back after a while in which nothing came.
   *
   * @return number of bytes, 0 if there were none for that long, or -1 at the end
   * @throws SocketTimeoutException if the primary was silent for longer than the read deadline, in
   *     several calls together
   */
  public int poll(byte[] buffer, int waitMillis) throws IOException {
    if (phase == Phase.SNAPSHOT_TAKEN) {
      return readFirst(buffer);
    }
    expect(Phase.STREAM);
    int untilDeadlineMillis = settings.readDeadlineMillis() - silentMillis;
    int millis = Math.min(waitMillis, untilDeadlineMillis);
    link.timeout(millis);
    try {
      int count = link.read(buffer, 0, buffer.length);
      silentMillis = 0;
      return count;
    } catch (SocketTimeoutException e) {
      silentMillis += millis;
      if (silentMillis >= settings.readDeadlineMillis()) {
        throw link.silence(settings.readDeadlineMillis());
      }
      return 0;
    }
  }

  /**
   * Repeats the ack until the stream starts: one that comes before the primary has seen its
   * snapshot process end does not start it.
   */
  private int readFirst(byte[] buffer) throws IOException {
    long deadlineNanos =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.readDeadlineMillis());
    int waitMillis = START_ACK_MILLIS;
    while (true) {
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      link.timeout((int) Math.max(1, Math.min(waitMillis, leftMillis)));
      try {
        int count = link.read(buffer, 0, buffer.length);
        link.timeout(settings.readDeadlineMillis());
        phase = Phase.STREAM;
        return count;
      } catch (SocketTimeoutException e) {
        if (leftMillis <= waitMillis) {
          throw link.silence(settings.readDeadlineMillis());
        }
        sendAck();
        waitMillis = Math.min(1_000, 2 * waitMillis);
      }
    }
  }

  /**
   * Tells the primary how much is safe here; it answers nothing. May be called from any thread.
   *
   * @param offset journaled up to there: what {@code WAIT} counts
   * @param durableOffset synced to disk up to there: what {@code WAITAOF} counts; servers before
   *     7.2 ignore it
   */
  public void ack(long offset, long durableOffset) throws IOException {
    if (phase == Phase.HANDSHAKE || phase == Phase.SNAPSHOT) {
      throw new IllegalStateException("nothing to acknowledge yet");
    }
    ackedOffset = offset;
    ackedDurableOffset = durableOffset;
    sendAck();
  }

  private void sendAck() throws IOException {
    String offset = Long.toString(ackedOffset);
    link.send("REPLCONF", "ACK", offset, "FACK", Long.toString(ackedDurableOffset));
  }

  private Reply call(String... command) throws IOException {
    link.send(command);
    return Reply.read(link);
  }

  private void expect(Phase expected) {
    if (phase != expected) {
      throw new IllegalStateException("expected phase " + expected + " but this is " + phase);
    }
  }

  /** Closes the connection at once; a blocked {@link #read} ends with an exception. */
  @Override
  public void close() {
    link.close();
  }
}

package io.norn.psync;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one RDB on the wire, in either form: {@code $<length>}, or {@code $EOF:<mark>} for
 * one that is made while it is sent and ends with that mark.
 */
final class SnapshotStream {
  private static final String EOF_PREFIX = "$EOF:";
  private static final int MARK_BYTES = 40;
  private static final int CHUNK_BYTES = 48 * 1024;

  /** Takes pieces of the RDB in order. */
  interface Sink {
    void accept(byte[] bytes, int length) throws IOException;
  }

  private final Link link;
  private final long totalBytes;
  private final byte[] mark;

  private SnapshotStream(Link link, long totalBytes, byte[] mark) {
    this.link = link;
    this.totalBytes = totalBytes;
    this.mark = mark;
  }

  /** Reads the line before the RDB; primaries send blank lines while they prepare it. */
  static SnapshotStream open(Link link) throws IOException {
    byte first = link.readByte();
    while (first == '\n') {
      first = link.readByte();
    }
    String line = Reply.line(link, first);
    if (line.startsWith(EOF_PREFIX) && line.length() == EOF_PREFIX.length() + MARK_BYTES) {
      byte[] mark = line.substring(EOF_PREFIX.length()).getBytes(StandardCharsets.ISO_8859_1);
      return new SnapshotStream(link, -1, mark);
    }
    if (line.matches("\\$\\d{1,18}")) {
      return new SnapshotStream(link, Long.parseLong(line.substring(1)), new byte[0]);
    }
    throw new IOException(
        link.endpoint() + ": expected a snapshot but the server sent '" + shown(line) + "'");
  }

  private static String shown(String line) {
    return line.length() > MARK_BYTES ? line.substring(0, MARK_BYTES) + "…" : line;
  }

  /** Size in bytes, or -1 if the primary did not say. */
  long totalBytes() {
    return totalBytes;
  }

  /** Passes the whole RDB on, and nothing of what follows it. */
  void transferTo(Sink sink) throws IOException {
    if (totalBytes >= 0) {
      transferCounted(sink);
    } else {
      transferMarked(sink);
    }
  }

  private void transferCounted(Sink sink) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    long received = 0;
    while (received < totalBytes) {
      int wanted = (int) Math.min(chunk.length, totalBytes - received);
      int count = link.read(chunk, 0, wanted);
      expectMore(count, received);
      sink.accept(chunk, count);
      received += count;
    }
  }

  /** Searches for the mark, because the stream may follow it in the same packet. */
  private void transferMarked(Sink sink) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    MarkSearch search = new MarkSearch(mark);
    long received = 0;
    int kept = 0;
    while (true) {
      int count = link.read(chunk, kept, chunk.length - kept);
      expectMore(count, received + kept);
      int filled = kept + count;
      int found = search.find(chunk, filled);
      if (found >= 0) {
        sink.accept(chunk, found);
        int after = found + MARK_BYTES;
        link.unread(chunk, after, filled - after);
        return;
      }
      kept = Math.min(filled, MARK_BYTES - 1);
      sink.accept(chunk, filled - kept);
      System.arraycopy(chunk, filled - kept, chunk, 0, kept);
      received += filled - kept;
    }
  }

  private void expectMore(int count, long received) throws EOFException {
    if (count < 0) {
      String end = totalBytes < 0 ? "its end mark" : totalBytes + " bytes";
      throw new EOFException(
          link.endpoint()
              + ": the snapshot was cut after "
              + received
              + " bytes, before "
              + end
              + " came");
    }
  }
}

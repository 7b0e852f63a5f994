package io.norn.psync;

import io.norn.net.Endpoint;
import io.norn.net.Sockets;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * The connection under a session: one buffer for everything that is read, so that no byte gets lost
 * between handshake, snapshot and stream; writes from any thread.
 */
final class Link implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Endpoint endpoint;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Object writing = new Object();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int head;
  private int tail;
  private int timeoutMillis;
  private volatile boolean closed;

  private Link(Endpoint endpoint, Socket socket) throws IOException {
    this.endpoint = endpoint;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  static Link open(Endpoint endpoint, int timeoutMillis) throws IOException {
    Socket socket = Sockets.open(endpoint, timeoutMillis);
    try {
      Link link = new Link(endpoint, socket);
      link.timeout(timeoutMillis);
      return link;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Limit for each following read. */
  void timeout(int millis) throws IOException {
    if (millis == timeoutMillis) {
      return;
    }
    try {
      socket.setSoTimeout(millis);
    } catch (IOException e) {
      throw describe(e);
    }
    timeoutMillis = millis;
  }

  /** Sends one command at once. */
  void send(String... command) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (String argument : command) {
      byte[] raw = argument.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(("$" + raw.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(raw);
      bytes.writeBytes(new byte[] {'\r', '\n'});
    }
    try {
      synchronized (writing) {
        out.write(bytes.toByteArray());
        out.flush();
      }
    } catch (IOException e) {
      throw describe(e);
    }
  }

  /**
   * Reads what is there, at least one byte.
   *
   * @return number of bytes, or -1 at the end
   */
  int read(byte[] target, int from, int length) throws IOException {
    if (head == tail) {
      return receive(target, from, length);
    }
    int count = Math.min(length, tail - head);
    System.arraycopy(buffer, head, target, from, count);
    head += count;
    return count;
  }

  /** Gives bytes back that were read too much; they are read again first. */
  void unread(byte[] source, int from, int length) {
    if (length > head && tail > head) {
      throw new IllegalStateException("more given back than was read");
    }
    if (head == tail) {
      head = BUFFER_BYTES;
      tail = BUFFER_BYTES;
    }
    head -= length;
    System.arraycopy(source, from, buffer, head, length);
  }

  byte readByte() throws IOException {
    if (head == tail) {
      head = 0;
      tail = Math.max(0, receive(buffer, 0, BUFFER_BYTES));
      if (tail == 0) {
        throw new EOFException(endpoint + ": the server closed the connection");
      }
    }
    return buffer[head++];
  }

  private int receive(byte[] target, int from, int length) throws IOException {
    try {
      int count = in.read(target, from, length);
      if (count < 0 && closed) {
        // TLS sockets that are closed here pretend that the other side ended the stream.
        throw new IOException("socket closed");
      }
      return count;
    } catch (IOException e) {
      throw describe(e);
    }
  }

  private IOException describe(IOException e) {
    if (closed) {
      return new IOException(endpoint + ": the link was closed", e);
    }
    if (e instanceof SocketTimeoutException) {
      return silence(timeoutMillis);
    }
    return new IOException(endpoint + ": connection lost: " + e.getMessage(), e);
  }

  /** Says that the other side was silent for that long. */
  SocketTimeoutException silence(int millis) {
    String time = millis >= 1_000 ? TimeUnit.MILLISECONDS.toSeconds(millis) + " s" : millis + " ms";
    return new SocketTimeoutException(
        endpoint + ": nothing received for " + time + ", the link is taken for dead");
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Ends a pending read, and never waits for a pending write. */
  @Override
  public void close() {
    closed = true;
    try {
      if (socket instanceof SSLSocket) {
        // Otherwise close waits for its turn to write a farewell that nobody may be reading.
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      // Nothing is left to lose on a link that goes away.
      return;
    }
  }
}

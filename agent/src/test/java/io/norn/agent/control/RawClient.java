package io.norn.agent.control;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends any bytes. */
final class RawClient implements Closeable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  Socket socket() {
    return socket;
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** The next bytes, as many as there are letters in what is expected. */
  String receive(int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  /** Everything until the server closes the connection. */
  String receiveAll() throws IOException {
    StringBuilder all = new StringBuilder();
    try {
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        all.append((char) c);
      }
    } catch (SocketException e) {
      // Reset: closed as well.
      return all.toString();
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

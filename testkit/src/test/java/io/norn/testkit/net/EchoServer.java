package io.norn.testkit.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sends back what it receives, and counts it. */
final class EchoServer implements Closeable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytes = new AtomicLong();

  EchoServer() throws IOException {
    daemon(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        daemon(() -> echo(socket));
      }
    } catch (IOException e) {
      // Closed: the test is over.
      return;
    }
  }

  private void echo(Socket socket) {
    byte[] buffer = new byte[64 * 1024];
    try (socket) {
      socket.setTcpNoDelay(true);
      for (int n = read(socket, buffer); n >= 0; n = read(socket, buffer)) {
        socket.getOutputStream().write(buffer, 0, n);
        bytes.addAndGet(n);
      }
    } catch (IOException e) {
      // The other side is gone, as some tests want it.
      return;
    }
  }

  private static int read(Socket socket, byte[] buffer) throws IOException {
    return socket.getInputStream().read(buffer);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "echo");
    thread.setDaemon(true);
    thread.start();
  }
}

package io.norn.agent.control;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at one socket for clients, and looks after those there are in between. */
final class Acceptor implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final int SWEEP_MILLIS = 500;
  private static final long PAUSE_MILLIS = 100;

  private final ServerSocket socket;
  private final Visitors visitors;

  /** What is done about those who come; never blocks. */
  interface Visitors {
    void receive(Socket socket) throws IOException;

    /** Looks after those who are there. */
    void sweep();
  }

  Acceptor(ServerSocket socket, Visitors visitors) {
    this.socket = socket;
    this.visitors = visitors;
  }

  @Override
  public void run() {
    try {
      while (!socket.isClosed()) {
        accept();
        visitors.sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() throws InterruptedException {
    try {
      socket.setSoTimeout(SWEEP_MILLIS);
      visitors.receive(socket.accept());
    } catch (SocketTimeoutException e) {
      LOG.trace("nobody came", e);
    } catch (IOException e) {
      if (!socket.isClosed()) {
        LOG.warn("cannot accept clients at port {}: {}", socket.getLocalPort(), e.getMessage());
        // Such as out of file descriptors: that does not change within microseconds.
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}

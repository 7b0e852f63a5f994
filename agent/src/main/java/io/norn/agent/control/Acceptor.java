package io.norn.agent.control;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at one socket for clients, and looks after those there are in between. */
final class Acceptor implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final int SWEEP_MILLIS = 500;
  private static final long PAUSE_MILLIS = 100;

  private final ServerSocket socket;
  private final Reception reception;

  Acceptor(ServerSocket socket, Reception reception) {
    this.socket = socket;
    this.reception = reception;
  }

  @Override
  public void run() {
    try {
      while (!socket.isClosed()) {
        accept();
        reception.sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() throws InterruptedException {
    try {
      socket.setSoTimeout(SWEEP_MILLIS);
      reception.receive(socket.accept());
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

package io.norn.agent.control;

import io.norn.agent.config.Listen;
import io.norn.net.ServerTls;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/**
 * What the control port listens on: a port, one that speaks TLS, or both.
 *
 * @param plain without TLS
 * @param secure with TLS
 * @param tls of those; empty if there is none
 */
record Doors(List<ServerSocket> plain, List<ServerSocket> secure, Optional<ServerTls> tls)
    implements Closeable {

  /**
   * Opens them.
   *
   * @throws IOException if a port or a certificate cannot be used; one line for users
   */
  static Doors open(Listen listen) throws IOException {
    ServerTls tls = listen.tls().isPresent() ? listen.tls().get().tls().open() : null;
    List<ServerSocket> plain =
        listen.port() == Listen.NONE ? List.of() : ServerSockets.open(listen.bind(), listen.port());
    try {
      List<ServerSocket> secure =
          tls == null ? List.of() : ServerSockets.open(listen.bind(), listen.tls().get().port());
      return new Doors(plain, secure, Optional.ofNullable(tls));
    } catch (IOException e) {
      ServerSockets.close(plain);
      throw e;
    }
  }

  /** Lets in who comes by TLS. The handshake takes place when the client is served. */
  Acceptor.Visitors over(Reception reception) {
    return new Acceptor.Visitors() {
      @Override
      public void receive(Socket line) throws IOException {
        reception.receive(line, tls.orElseThrow().over(line));
      }

      @Override
      public void sweep() {
        reception.sweep();
      }
    };
  }

  void renew(Listen listen) throws IOException {
    if (tls.isPresent() && listen.tls().isPresent()) {
      tls.get().renew(listen.tls().get().tls().files());
    }
  }

  int port() {
    return (plain.isEmpty() ? secure : plain).get(0).getLocalPort();
  }

  int tlsPort() {
    return secure.isEmpty() ? 0 : secure.get(0).getLocalPort();
  }

  @Override
  public void close() {
    ServerSockets.close(plain);
    ServerSockets.close(secure);
  }

  @Override
  public String toString() {
    String withTls = secure.isEmpty() ? "" : "port " + tlsPort() + " (TLS)";
    return plain.isEmpty()
        ? withTls
        : "port " + port() + (withTls.isEmpty() ? "" : " and " + withTls);
  }
}

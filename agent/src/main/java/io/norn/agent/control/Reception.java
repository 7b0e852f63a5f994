package io.norn.agent.control;

import io.norn.agent.config.Listen.ClientLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about new connections, and gives each that may stay a thread. */
final class Reception implements Acceptor.Visitors {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final String FULL = "ERR max number of clients reached";

  private final Supplier<ClientLimits> limits;
  private final Authenticator authenticator;
  private final Clients clients;
  private final Dispatcher dispatcher;
  private final Counters counters;
  private final AtomicLong lastId = new AtomicLong();
  private final AtomicLong sweptNanos = new AtomicLong(System.nanoTime());

  Reception(
      Supplier<ClientLimits> limits,
      Authenticator authenticator,
      Clients clients,
      Dispatcher dispatcher,
      Counters counters) {
    this.limits = limits;
    this.authenticator = authenticator;
    this.clients = clients;
    this.dispatcher = dispatcher;
    this.counters = counters;
  }

  /** Never blocks, so that nobody can keep others from coming in. */
  @Override
  public void receive(Socket socket) {
    receive(socket, socket);
  }

  /**
   * As above.
   *
   * @param line the connection itself
   * @param socket the same, or what is spoken over it
   */
  void receive(Socket line, Socket socket) {
    try {
      line.setTcpNoDelay(true);
      line.setKeepAlive(true);
      ClientConnection client = connection(line, socket);
      if (clients.add(client)) {
        Optional<String> denial = denial(line);
        client.start(denial.isPresent() ? () -> client.refuse(denial.get()) : client::serve);
      } else {
        turnAway(line, socket);
      }
    } catch (IOException e) {
      LOG.debug("client {} is gone: {}", socket, e.getMessage());
    }
  }

  private ClientConnection connection(Socket line, Socket socket) {
    InetSocketAddress remote = (InetSocketAddress) line.getRemoteSocketAddress();
    String address = remote.getAddress().getHostAddress() + ":" + remote.getPort();
    Session session =
        new Session(lastId.incrementAndGet(), address, authenticator.withoutPassword());
    return new ClientConnection(
        line,
        socket,
        session,
        new ClientConnection.Context(dispatcher, clients, counters, limits.get()));
  }

  private Optional<String> denial(Socket socket) {
    return ProtectedMode.denial(
        limits.get().protection(), authenticator.withoutPassword(), socket.getInetAddress());
  }

  /** Who speaks TLS is not told why: that would take as long as the client likes. */
  private void turnAway(Socket line, Socket socket) throws IOException {
    counters.rejected();
    try (line) {
      if (line != socket) {
        return;
      }
      line.getOutputStream().write(("-" + FULL + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Cuts off clients that take too long; looks not more than a few times each second. */
  @Override
  public void sweep() {
    long now = System.nanoTime();
    long last = sweptNanos.get();
    if (now - last > SWEEP_NANOS && sweptNanos.compareAndSet(last, now)) {
      clients.closeOverdue(now);
    }
  }
}

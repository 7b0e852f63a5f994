package io.norn.agent.control;

import io.norn.agent.config.Listen;
import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A control port on loopback, with whatever agent behind it. */
record ControlPort(ControlServer server, RecordingAgent agent) implements Closeable {
  static final Listen.ClientLimits LIMITS =
      new Listen.ClientLimits(Listen.Protection.ON, 64, 60_000);

  static ControlPort open(Address... peers) throws IOException {
    return open(new OpenAuthenticator(), LIMITS, peers);
  }

  static ControlPort open(Authenticator authenticator, Listen.ClientLimits limits, Address... peers)
      throws IOException {
    RecordingAgent agent = new RecordingAgent(peers);
    return new ControlPort(
        ControlServer.start(listen(0, limits, "127.0.0.1"), authenticator, agent), agent);
  }

  static Listen listen(int port, Listen.ClientLimits limits, String... bind) {
    Address announced = new Address("127.0.0.1", 1);
    return new Listen(List.of(bind), port, announced, Credentials.NONE, limits, Optional.empty());
  }

  ServerConnection connect() throws IOException {
    return connect(Credentials.NONE);
  }

  ServerConnection connect(Credentials credentials) throws IOException {
    return ServerConnection.open(
        new Endpoint(new Address("127.0.0.1", server.port()), credentials, Optional.empty()));
  }

  RawClient raw() throws IOException {
    return new RawClient(server.port());
  }

  @Override
  public void close() {
    server.close();
  }
}

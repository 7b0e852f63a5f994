package io.norn.examples.mesh;

import io.norn.net.Address;
import io.norn.testkit.net.FaultyProxy;
import java.io.Closeable;
import java.io.IOException;

/** The way on which other nodes reach a node, its server and its agent; it can be cut. */
final class Link implements Closeable {
  private final FaultyProxy toServer;
  private final FaultyProxy toAgent;

  private Link(FaultyProxy toServer, FaultyProxy toAgent) {
    this.toServer = toServer;
    this.toAgent = toAgent;
  }

  static Link to(Address server, Address agent) throws IOException {
    FaultyProxy toServer = FaultyProxy.to(server);
    try {
      return new Link(toServer, FaultyProxy.to(agent));
    } catch (IOException e) {
      toServer.close();
      throw e;
    }
  }

  Address server() {
    return toServer.address();
  }

  Address agent() {
    return toAgent.address();
  }

  void cut() {
    toServer.cut();
    toAgent.cut();
  }

  void heal() {
    toServer.restore();
    toAgent.restore();
  }

  @Override
  public void close() {
    toServer.close();
    toAgent.close();
  }
}

package io.norn.examples.bench;

import io.norn.net.Endpoint;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;

/** A single server that is source and target: what remains is the cost of measuring. */
record OneServer(ServerProcess server) implements Setup {
  static OneServer start(ServerBinary binary) throws IOException {
    return new OneServer(ServerProcess.start(binary));
  }

  @Override
  public String name() {
    return "one server (floor)";
  }

  @Override
  public Endpoint source() {
    return server.endpoint();
  }

  @Override
  public Endpoint target() {
    return server.endpoint();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

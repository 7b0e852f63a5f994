package io.norn.examples.bench;

import io.norn.net.Address;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A primary with a replica of the same program: what the servers can do by themselves. */
record PlainReplication(ServerProcess primary, ServerProcess replica) implements Setup {
  private static final int LIMIT_SECONDS = 30;

  static PlainReplication start(ServerBinary binary) throws IOException, InterruptedException {
    ServerProcess primary = ServerProcess.start(binary);
    try {
      Address address = primary.endpoint().address();
      ServerProcess replica =
          ServerProcess.start(
              binary, "--replicaof", address.host(), Integer.toString(address.port()));
      PlainReplication pair = new PlainReplication(primary, replica);
      pair.awaitLink();
      return pair;
    } catch (IOException e) {
      primary.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "plain replication";
  }

  @Override
  public Endpoint source() {
    return primary.endpoint();
  }

  @Override
  public Endpoint target() {
    return replica.endpoint();
  }

  @Override
  public void close() throws IOException {
    try (primary) {
      replica.close();
    }
  }

  private void awaitLink() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    try (ServerConnection connection = replica.connect()) {
      while (!connection.requireText("INFO", "replication").contains("master_link_status:up")) {
        if (System.nanoTime() > deadline) {
          throw new IOException(replica + ": does not reach its primary");
        }
        Thread.sleep(5);
      }
    }
  }
}

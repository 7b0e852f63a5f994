package io.norn.agent.node;

import io.norn.agent.part.Heartbeat;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.stream.Reserved;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;

/**
 * Makes sure that no other agent of this node is alive, in another directory or on another host:
 * two agents cannot harm the data, but they would stand in each other's way.
 */
public final class OneAgent {
  private final Endpoint local;
  private final SmallFile instanceFile;

  public OneAgent(Endpoint local, SmallFile instanceFile) {
    this.local = local;
    this.instanceFile = instanceFile;
  }

  /**
   * Listens for signs of life, unless the last agent was one of this directory, which is locked, or
   * said goodbye.
   *
   * @param listenMillis longer than the interval of heartbeats
   * @throws IOException naming the other agent if it lives
   */
  public void check(NodeRecord record, long listenMillis) throws IOException {
    String last = record.fields().getOrDefault(NodeRecord.INSTANCE, "");
    if (last.isEmpty() || instanceFile.read().filter(last::equals).isPresent()) {
      return;
    }
    try (ServerConnection server = ServerConnection.open(local)) {
      server.require("SSUBSCRIBE", Reserved.CHANNEL);
      long endNanos = System.nanoTime() + listenMillis * 1_000_000;
      for (long left = listenMillis; left > 0; left = (endNanos - System.nanoTime()) / 1_000_000) {
        server.replyTimeout((int) left);
        refuseIfAlive(server.receive(), record);
      }
    } catch (IOException e) {
      if (!isSilence(e)) {
        throw e;
      }
    }
  }

  private static boolean isSilence(IOException e) {
    return e instanceof SocketTimeoutException
        || e.getCause() instanceof SocketTimeoutException
        || String.valueOf(e.getMessage()).contains("timed out");
  }

  private void refuseIfAlive(Object push, NodeRecord record) throws OtherAgentException {
    boolean message = push instanceof List<?> parts && parts.size() == 3;
    String text = message ? ServerConnection.text(((List<?>) push).get(2)) : "";
    Heartbeat heartbeat = Heartbeat.parse(text);
    if (heartbeat != null && heartbeat.stream().node().equals(record.node())) {
      throw new OtherAgentException(
          "another agent of node '"
              + record.node()
              + "' runs beside "
              + local
              + " and answers at "
              + record.fields().getOrDefault(NodeRecord.ADDRESS, "an unknown address")
              + ": stop one of the two");
    }
  }

  /** Remembers who runs now. */
  public void enter(String instance) throws IOException {
    instanceFile.write(instance);
  }

  /** Another agent lives: a person has to decide. */
  public static final class OtherAgentException extends IOException {
    private static final long serialVersionUID = 1L;

    OtherAgentException(String message) {
      super(message);
    }
  }
}

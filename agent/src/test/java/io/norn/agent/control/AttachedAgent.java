package io.norn.agent.control;

import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A replication link to a primary, announced with the control port, as an agent has it. */
final class AttachedAgent implements Closeable {
  private final Socket socket;
  private final Thread reader;

  AttachedAgent(ServerProcess primary, int controlPort) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), primary.port());
    send("REPLCONF listening-port " + controlPort);
    send("REPLCONF capa eof capa psync2");
    awaitLines(2);
    send("PSYNC ? -1");
    reader = new Thread(this::readOn, "attached-agent");
    reader.setDaemon(true);
    reader.start();
  }

  private void send(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void awaitLines(int count) throws IOException {
    int seen = 0;
    while (seen < count) {
      seen += socket.getInputStream().read() == '\n' ? 1 : 0;
    }
  }

  private void readOn() {
    try (InputStream in = socket.getInputStream()) {
      while (in.read(new byte[8192]) >= 0) {
        send("REPLCONF ACK 0");
      }
    } catch (IOException e) {
      // The primary has gone, which is what the tests are about.
      return;
    }
  }

  boolean isAttached() {
    return reader.isAlive();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

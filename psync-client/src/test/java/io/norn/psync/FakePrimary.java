package io.norn.psync;

import io.norn.net.Endpoint;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Says exactly the bytes of a script, for faults that real servers do not show. Answers the
 * handshake as a Redis 7.0 would unless told otherwise; {@code CLOSE} at the end of an answer ends
 * the connection.
 */
final class FakePrimary implements Closeable {
  static final String CLOSE = "\u0000close";
  static final String REPLID = "0123456789abcdef0123456789abcdef01234567";

  private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final Map<String, String> answers = new HashMap<>();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  final List<String> received = new CopyOnWriteArrayList<>();
  private volatile int pieceBytes = Integer.MAX_VALUE;

  FakePrimary() throws IOException {
    answers.put("PING", "+PONG\r\n");
    answers.put("INFO", info("redis_version:7.0.15\r\nredis_mode:standalone\r\n"));
    answers.put("REPLCONF", "+OK\r\n");
    answers.put("REPLCONF ACK", "");
  }

  static String info(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  /** What to say to commands that begin with those words; the longest that fits counts. */
  FakePrimary answer(String command, String bytes) {
    answers.put(command, bytes);
    return this;
  }

  /** Sends each byte as a packet of its own. */
  void oneByOne() {
    pieceBytes = 1;
  }

  FakePrimary start() {
    Thread thread = new Thread(this::acceptAll, "fake-primary");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  LinkSettings settings() {
    Endpoint endpoint = Endpoint.plain("127.0.0.1", listener.getLocalPort());
    return new LinkSettings(endpoint, 7379, Optional.empty(), 2_000, 2_000);
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        clients.add(client);
        client.setTcpNoDelay(true);
        serve(client);
      } catch (IOException e) {
        // One side hung up, as tests do.
        clients.removeIf(Socket::isClosed);
      }
    }
  }

  private void serve(Socket client) throws IOException {
    OutputStream out = client.getOutputStream();
    if (answers.containsKey("CONNECT") && !say(out, answers.get("CONNECT"))) {
      return;
    }
    CommandFramer framer = new CommandFramer(0, RespLimits.DEFAULT);
    byte[] buffer = new byte[4096];
    for (int n = client.getInputStream().read(buffer); n > 0; ) {
      framer.feed(buffer, 0, n);
      while (framer.next()) {
        if (!say(out, answerTo(framer.command()))) {
          return;
        }
      }
      n = client.getInputStream().read(buffer);
    }
  }

  private String answerTo(byte[][] command) {
    List<String> words = new ArrayList<>();
    for (byte[] word : command) {
      words.add(new String(word, StandardCharsets.ISO_8859_1));
    }
    String text = String.join(" ", words);
    received.add(text);
    return answers.keySet().stream()
        .filter(text::startsWith)
        .max((a, b) -> a.length() - b.length())
        .map(answers::get)
        .orElse("-ERR unknown command\r\n");
  }

  private boolean say(OutputStream out, String bytes) throws IOException {
    boolean close = bytes.endsWith(CLOSE);
    String said = close ? bytes.substring(0, bytes.length() - CLOSE.length()) : bytes;
    byte[] raw = said.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < raw.length; at += Math.min(pieceBytes, raw.length - at)) {
      out.write(raw, at, Math.min(pieceBytes, raw.length - at));
      out.flush();
    }
    return !close;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}

package io.norn.examples.bench;

import io.norn.net.Endpoint;
import io.norn.net.Sockets;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes many different keys as fast as the server takes them.
 *
 * <p>Not over the client that Norn uses: what generates load should cost as little as possible on a
 * machine that it shares with what is measured.
 *
 * @param sets how many {@code SET}s in total, each of another key
 * @param valueBytes size of each value
 * @param pipeline how many commands are sent before their answers are read
 * @param connections at the same time, a thread each
 */
public record Load(int sets, int valueBytes, int pipeline, int connections) {
  private static final byte[] OK = "+OK\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int TIMEOUT_MILLIS = 60_000;

  /** The name of a key, by its number from 0. */
  static String key(int number) {
    return "key:%012d".formatted(number);
  }

  /** Writes everything, and returns when all is acknowledged. */
  void run(Endpoint server) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(threads.submit(share(server, i)));
      }
      for (Future<Void> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(server + ": " + e.getCause().getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<Void> share(Endpoint server, int connection) {
    int from = (int) ((long) sets * connection / connections);
    int to = (int) ((long) sets * (connection + 1) / connections);
    return () -> {
      try (Socket socket = Sockets.open(server, TIMEOUT_MILLIS)) {
        write(socket, from, to);
        return null;
      }
    };
  }

  private void write(Socket socket, int from, int to) throws IOException {
    byte[] value = randomValue(from);
    byte[] head = "*3\r\n$3\r\nSET\r\n$16\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] middle = ("\r\n$" + valueBytes + "\r\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer batch =
        ByteBuffer.allocate(pipeline * (head.length + middle.length + valueBytes + 32));
    OutputStream out = socket.getOutputStream();
    InputStream in = socket.getInputStream();
    for (int next = from; next < to; next += pipeline) {
      int end = Math.min(next + pipeline, to);
      batch.clear();
      for (int number = next; number < end; number++) {
        batch.put(head).put(key(number).getBytes(StandardCharsets.US_ASCII));
        batch.put(middle).put(value).put((byte) '\r').put((byte) '\n');
      }
      out.write(batch.array(), 0, batch.position());
      expectOk(in, end - next);
    }
  }

  private byte[] randomValue(int seed) {
    byte[] value = new byte[valueBytes];
    Random random = new Random(seed);
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) ('a' + random.nextInt(26));
    }
    return value;
  }

  private static void expectOk(InputStream in, int count) throws IOException {
    byte[] answers = in.readNBytes(count * OK.length);
    if (answers.length < count * OK.length) {
      throw new EOFException(
          "closed the connection: " + new String(answers, StandardCharsets.UTF_8));
    }
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] != OK[i % OK.length]) {
        throw new IOException("refused: " + line(in, answers, i));
      }
    }
  }

  /** The rest of the line that begins there, of which a part may not have been read yet. */
  private static String line(InputStream in, byte[] read, int from) throws IOException {
    StringBuilder line = new StringBuilder();
    int at = from;
    int next = read[at++];
    while (next > '\r') {
      line.append((char) next);
      next = at < read.length ? read[at++] : in.read();
    }
    return line.toString();
  }
}

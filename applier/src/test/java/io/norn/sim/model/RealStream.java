package io.norn.sim.model;

import io.norn.net.Endpoint;
import io.norn.net.Sockets;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A replica that only reads: attaches to a real server and collects the commands of its stream. */
final class RealStream implements Closeable {
  private static final Set<String> SERVERS_OWN = Set.of("PING", "REPLCONF");

  private final Socket socket;
  private final DataInputStream in;

  private RealStream(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Attaches; what is written from now on will be seen. */
  static RealStream attach(Endpoint endpoint) throws IOException {
    RealStream stream = new RealStream(Sockets.open(endpoint, 10_000));
    stream
        .socket
        .getOutputStream()
        .write(Text.bytes("*3\r\n$5\r\nPSYNC\r\n$1\r\n?\r\n$2\r\n-1\r\n"));
    String answer = stream.line();
    if (!answer.startsWith("+FULLRESYNC")) {
      throw new IOException("expected a full sync, got " + answer);
    }
    stream.in.skipNBytes(Long.parseLong(stream.line().substring(1)));
    return stream;
  }

  /** Reads up to and including the first command that starts with these words. */
  List<List<String>> readUntil(String last) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    while (true) {
      List<String> words = command();
      if (!SERVERS_OWN.contains(words.get(0).toUpperCase(Locale.ROOT))) {
        commands.add(words);
      }
      if (String.join(" ", words).startsWith(last)) {
        return commands;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private List<String> command() throws IOException {
    int count = Integer.parseInt(line().substring(1));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] word = in.readNBytes(Integer.parseInt(line().substring(1)));
      words.add(Text.of(word));
      line();
    }
    return words;
  }

  /** The next line that is not empty but for line ends; bare newlines are keep-alives. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = read(in); next != '\n' || line.isEmpty(); next = read(in)) {
      if (next != '\n') {
        line.append((char) next);
      }
    }
    return line.substring(0, line.length() - 1);
  }

  private static int read(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new IOException("the server closed the replication link");
    }
    return next;
  }
}

package io.norn.server;

import io.norn.net.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection on which a server sends messages: one thread reads them, others may ask for more.
 */
public final class Subscription implements Closeable {
  private final Endpoint endpoint;
  private final Wire wire;

  private Subscription(Endpoint endpoint, Wire wire) {
    this.endpoint = endpoint;
    this.wire = wire;
  }

  /**
   * Connects, as {@link ServerConnection#open(Endpoint, int)} does.
   *
   * @param timeoutMillis limit for connecting; messages are waited for without limit
   */
  public static Subscription open(Endpoint endpoint, int timeoutMillis) throws IOException {
    JedisSocketFactory sockets = () -> ServerConnection.socket(endpoint, timeoutMillis);
    Wire wire = null;
    try {
      wire = new Wire(sockets, endpoint, timeoutMillis);
      wire.connect();
      wire.setSoTimeout(0);
      return new Subscription(endpoint, wire);
    } catch (JedisException e) {
      ServerConnection.closeQuietly(wire);
      throw ServerConnection.asIoException(endpoint, e);
    }
  }

  /** Sends a command, such as {@code SUBSCRIBE}; its answers come among the messages. */
  public synchronized void send(String... command) throws IOException {
    try {
      wire.write(ServerConnection.bytes(command));
    } catch (JedisException e) {
      throw ServerConnection.asIoException(endpoint, e);
    }
  }

  /**
   * The next message: a list whose first element names its kind, or a {@link ServerError}.
   *
   * @throws IOException if the connection has ended
   */
  public Object receive() throws IOException {
    try {
      return ServerConnection.convert(wire.getUnflushedObject());
    } catch (JedisDataException e) {
      return new ServerError(e.getMessage());
    } catch (JedisException e) {
      throw ServerConnection.asIoException(endpoint, e);
    }
  }

  @Override
  public void close() {
    ServerConnection.closeQuietly(wire);
  }

  /** Writes without waiting for a reply. */
  private static final class Wire extends Connection {
    Wire(JedisSocketFactory sockets, Endpoint endpoint, int timeoutMillis) {
      super(sockets, ServerConnection.config(endpoint, timeoutMillis));
    }

    void write(byte[][] command) {
      sendCommand(() -> command[0], Arrays.copyOfRange(command, 1, command.length));
      flush();
    }
  }

  /** The text of an element of a message. */
  public static String text(List<?> message, int index) {
    return index < message.size() ? ServerConnection.text(message.get(index)) : "";
  }
}

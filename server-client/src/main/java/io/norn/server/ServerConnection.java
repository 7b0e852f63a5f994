package io.norn.server;

import io.norn.net.Endpoint;
import io.norn.net.Sockets;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One RESP2 connection that sends raw commands, pipelined or one by one.
 *
 * <p>Replies are {@code byte[]}, {@link Long}, {@link List} of replies, {@code null} (also for an
 * aborted {@code EXEC}) or {@link ServerError}. Any {@link IOException} leaves the connection
 * unusable. Used by one thread at a time; only {@link #close} may be called from another, and ends
 * a pending read.
 */
public final class ServerConnection implements Closeable {
  /** How long to wait for a connection or a reply before the server is taken for dead. */
  public static final int DEFAULT_TIMEOUT_MILLIS = 10_000;

  private final Endpoint endpoint;
  private final Connection connection;
  private int pendingReplies;

  private ServerConnection(Endpoint endpoint, Connection connection) {
    this.endpoint = endpoint;
    this.connection = connection;
  }

  /**
   * Connects, and authenticates when the endpoint has credentials.
   *
   * @throws ServerRefusedException if the server rejects the credentials
   * @throws IOException if it cannot be reached; the message names the endpoint
   */
  public static ServerConnection open(Endpoint endpoint) throws IOException {
    return open(endpoint, DEFAULT_TIMEOUT_MILLIS);
  }

  /** As {@link #open(Endpoint)}, with a limit for connecting and for each reply in milliseconds. */
  public static ServerConnection open(Endpoint endpoint, int timeoutMillis) throws IOException {
    JedisSocketFactory sockets = () -> socket(endpoint, timeoutMillis);
    Connection connection = null;
    try {
      connection = new Connection(sockets, config(endpoint, timeoutMillis));
      connection.connect();
      return new ServerConnection(endpoint, connection);
    } catch (JedisException e) {
      closeQuietly(connection);
      throw asIoException(endpoint, e);
    }
  }

  /** Without HELLO, so that servers start in RESP2 and a missing password is theirs to tell. */
  static DefaultJedisClientConfig config(Endpoint endpoint, int timeoutMillis) {
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol()
            .timeoutMillis(timeoutMillis)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    if (!endpoint.credentials().isNone()) {
      String user = endpoint.credentials().user();
      builder.user(user.isEmpty() ? null : user).password(endpoint.credentials().password());
    }
    return builder.build();
  }

  static Socket socket(Endpoint endpoint, int timeoutMillis) {
    try {
      return Sockets.open(endpoint, timeoutMillis);
    } catch (IOException e) {
      throw new JedisConnectionException(e.getMessage(), e);
    }
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** Buffers a command; its reply must be taken with {@link #receive}. */
  public void send(byte[]... command) throws IOException {
    try {
      ProtocolCommand name = () -> command[0];
      connection.sendCommand(name, Arrays.copyOfRange(command, 1, command.length));
      pendingReplies++;
    } catch (JedisException e) {
      throw asIoException(endpoint, e);
    }
  }

  /** As {@link #send(byte[]...)}, arguments in UTF-8. */
  public void send(String... command) throws IOException {
    send(bytes(command));
  }

  /** Sends what is buffered and reads the next reply. */
  public Object receive() throws IOException {
    return receive(1).get(0);
  }

  /** Sends what is buffered and reads that many replies. */
  public List<Object> receive(int count) throws IOException {
    try {
      List<Object> replies = connection.getMany(count);
      pendingReplies = Math.max(0, pendingReplies - count);
      return convertAll(replies);
    } catch (JedisException e) {
      throw asIoException(endpoint, e);
    }
  }

  /** Reads the replies of everything sent and not yet received. */
  public List<Object> receiveAll() throws IOException {
    return receive(pendingReplies);
  }

  /** Sends one command and reads its reply; an error reply is returned, not thrown. */
  public Object call(byte[]... command) throws IOException {
    send(command);
    return receive();
  }

  /** As {@link #call(byte[]...)}, arguments in UTF-8. */
  public Object call(String... command) throws IOException {
    return call(bytes(command));
  }

  /**
   * As {@link #call(byte[]...)}, for commands that are expected to succeed.
   *
   * @throws ServerRefusedException if the reply is an error
   */
  public Object require(String... command) throws IOException {
    return required(call(command));
  }

  /** As {@link #require(String...)}, for raw arguments. */
  public Object require(byte[]... command) throws IOException {
    return required(call(command));
  }

  /** As {@link #require(String...)}, with the reply as text; empty for a null reply. */
  public String requireText(String... command) throws IOException {
    return text(require(command));
  }

  /** The reply as text: bytes as UTF-8, null as the empty string. */
  public static String text(Object reply) {
    if (reply instanceof byte[] raw) {
      return new String(raw, StandardCharsets.UTF_8);
    }
    return reply == null ? "" : reply.toString();
  }

  /** How long to wait for each reply, in milliseconds; 0 waits for ever. */
  public void replyTimeout(int millis) throws IOException {
    try {
      connection.setSoTimeout(millis);
    } catch (JedisException e) {
      throw asIoException(endpoint, e);
    }
  }

  @Override
  public void close() {
    closeQuietly(connection);
  }

  private Object required(Object reply) throws ServerRefusedException {
    if (reply instanceof ServerError error) {
      throw new ServerRefusedException(endpoint.toString(), error);
    }
    return reply;
  }

  private static List<Object> convertAll(List<?> replies) {
    List<Object> converted = new ArrayList<>(replies.size());
    for (Object reply : replies) {
      converted.add(convert(reply));
    }
    return converted;
  }

  static Object convert(Object reply) {
    if (reply instanceof JedisDataException error) {
      return new ServerError(error.getMessage());
    }
    return reply instanceof List<?> list ? convertAll(list) : reply;
  }

  static byte[][] bytes(String... command) {
    byte[][] raw = new byte[command.length][];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = command[i].getBytes(StandardCharsets.UTF_8);
    }
    return raw;
  }

  static IOException asIoException(Endpoint endpoint, JedisException e) {
    if (e instanceof JedisDataException) {
      return new ServerRefusedException(endpoint.toString(), new ServerError(e.getMessage()));
    }
    if (e.getCause() instanceof IOException cause && cause.getMessage() != null) {
      return cause.getMessage().startsWith(endpoint.toString())
          ? cause
          : new IOException(endpoint + ": " + cause.getMessage(), e);
    }
    return new IOException(endpoint + ": " + e.getMessage(), e);
  }

  static void closeQuietly(Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (JedisException e) {
      // Closing a broken connection has nothing left to lose.
      return;
    }
  }
}

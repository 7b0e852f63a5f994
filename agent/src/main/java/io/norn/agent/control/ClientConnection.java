package io.norn.agent.control;

import io.norn.agent.config.Listen.ClientLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one client, on a thread of its own, until either side has enough. */
final class ClientConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
  private static final long STACK_BYTES = 256 << 10;

  /** Replies of a pipeline are sent together, up to this many bytes. */
  private static final int MAX_REPLY_BYTES = 64 << 10;

  private static final int DRAIN_MILLIS = 200;
  private static final int DRAIN_BYTES = 1 << 20;

  private final Socket line;
  private final Socket socket;
  private final Session session;
  private final Context context;
  private final Reply reply = new Reply();
  private volatile Thread thread = Thread.currentThread();
  private volatile long deadlineNanos;

  /**
   * What all connections share.
   *
   * @param dispatcher executes commands
   * @param clients where a connection signs off
   * @param counters of what went wrong
   * @param limits of time
   */
  record Context(Dispatcher dispatcher, Clients clients, Counters counters, ClientLimits limits) {}

  /** What a connection does: serve, or refuse. */
  interface Task {
    void run() throws IOException;
  }

  /**
   * Not started.
   *
   * @param line the connection itself
   * @param socket the same, or what is spoken over it
   */
  ClientConnection(Socket line, Socket socket, Session session, Context context) {
    this.line = line;
    this.socket = socket;
    this.session = session;
    this.context = context;
    giveTime(context.limits().idleMillis());
  }

  Session session() {
    return session;
  }

  /** The thread that works for the client. */
  Thread thread() {
    return thread;
  }

  /** Does something on a thread of its own, and then closes. */
  void start(Task task) {
    Thread worker = new Thread(null, () -> work(task), "control-" + session.id(), STACK_BYTES);
    worker.setDaemon(true);
    thread = worker;
    try {
      worker.start();
    } catch (OutOfMemoryError e) {
      // The system has no thread to give; those that are there go on.
      LOG.error("client {}: {}: closed", session.address(), e.getMessage());
      end();
    }
  }

  private void work(Task task) {
    try {
      task.run();
    } catch (IOException e) {
      LOG.debug("client {}: {}", session.address(), e.getMessage());
    } finally {
      end();
    }
  }

  private void end() {
    close();
    session.follower().ifPresent(Follower::close);
    context.clients().remove(this);
  }

  /** Says why and goes, for a client that is not wanted. */
  void refuse(String error) throws IOException {
    context.counters().rejected();
    farewell(error);
  }

  /** Answers until the end. */
  void serve() throws IOException {
    RequestReader reader = new RequestReader(socket.getInputStream());
    try {
      while (session.end() == Session.End.OPEN && serveOne(reader) && !stream(reader)) {
        giveTime(context.limits().idleMillis());
      }
    } catch (ProtocolException e) {
      context.counters().protocolError();
      LOG.debug("client {}: {}: closed", session.address(), e.getMessage());
      farewell("ERR " + e.getMessage());
    }
  }

  /** From PSYNC on it is a stream in one direction, and now and then a word in the other. */
  private boolean stream(RequestReader reader) throws IOException {
    if (session.follower().isEmpty()) {
      return false;
    }
    LOG.info("client {} follows a stream", session.address());
    session
        .follower()
        .get()
        .run(reader, socket.getOutputStream(), () -> giveTime(context.limits().idleMillis()));
    return true;
  }

  /** False when the client has gone. */
  private boolean serveOne(RequestReader reader) throws IOException {
    Optional<Request> request = reader.read(RequestLimits.of(session.access()));
    if (request.isEmpty()) {
      return false;
    }
    context.dispatcher().dispatch(session, request.get(), reply);
    boolean isLast = session.end() != Session.End.OPEN || !reader.hasMore();
    if (session.end() != Session.End.WITHOUT_REPLY && (isLast || reply.size() > MAX_REPLY_BYTES)) {
      reply.sendTo(socket.getOutputStream());
    }
    return true;
  }

  /**
   * Sends an error so that it arrives: closing while bytes of the client are unread would make its
   * system throw the error away.
   */
  private void farewell(String error) throws IOException {
    reply.error(error);
    reply.sendTo(socket.getOutputStream());
    socket.shutdownOutput();
    giveTime(DRAIN_MILLIS);
    socket.setSoTimeout(DRAIN_MILLIS);
    drain(socket.getInputStream());
  }

  private void drain(InputStream in) throws IOException {
    byte[] waste = new byte[8 << 10];
    int drained = 0;
    int read = in.read(waste);
    while (read >= 0 && drained < DRAIN_BYTES && !isOverdue(System.nanoTime())) {
      drained += read;
      read = in.read(waste);
    }
  }

  private void giveTime(long millis) {
    deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Whether it has neither sent a request nor taken its replies in the time it has. */
  boolean isOverdue(long nowNanos) {
    return nowNanos - deadlineNanos > 0;
  }

  /**
   * From any thread; ends what the own thread waits for. TLS would first say goodbye, to a client
   * that may not listen.
   */
  void close() {
    try {
      line.close();
    } catch (IOException e) {
      LOG.debug("client {}: close: {}", session.address(), e.getMessage());
    }
  }
}

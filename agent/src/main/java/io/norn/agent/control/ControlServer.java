package io.norn.agent.control;

import io.norn.agent.config.Listen;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's own port: RESP2 and RESP3, for operators with {@code valkey-cli}, for the {@code
 * norn} command, for Sentinel.
 */
public final class ControlServer implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final long JOIN_MILLIS = 1_000;

  private final Doors doors;
  private final Clients clients;
  private final List<Thread> acceptors = new ArrayList<>();

  private ControlServer(Doors doors, Clients clients) {
    this.doors = doors;
    this.clients = clients;
  }

  /**
   * Listens, and answers from now on.
   *
   * @throws IOException if the port cannot be opened; one line for users
   */
  public static ControlServer start(
      Listen listen, Authenticator authenticator, AgentControl control) throws IOException {
    return start(listen, listen::limits, authenticator, control);
  }

  /**
   * As above, with limits that may change.
   *
   * @throws IOException if the port cannot be opened; one line for users
   */
  public static ControlServer start(
      Listen listen,
      Supplier<Listen.ClientLimits> limits,
      Authenticator authenticator,
      AgentControl control)
      throws IOException {
    ControlServer server =
        new ControlServer(Doors.open(listen), new Clients(() -> limits.get().maxClients()));
    Counters counters = new Counters();
    InfoText info = new InfoText(control, server.clients, counters, server.port());
    Dispatcher dispatcher =
        new Dispatcher(commands(control, authenticator, server.clients, counters, info));
    Reception reception =
        new Reception(limits, authenticator, server.clients, dispatcher, counters);
    server.doors.plain().forEach(door -> server.accept(new Acceptor(door, reception)));
    server
        .doors
        .secure()
        .forEach(door -> server.accept(new Acceptor(door, server.doors.over(reception))));
    LOG.info("listening on {} {}", String.join(" ", listen.bind()), server.doors);
    return server;
  }

  /**
   * Reads the certificates again, for connections from now on.
   *
   * @param listen the configuration of now
   * @throws IOException if they cannot be used, in one line; then nothing has changed
   */
  public void renewCertificates(Listen listen) throws IOException {
    doors.renew(listen);
  }

  private static List<Command> commands(
      AgentControl control,
      Authenticator authenticator,
      Clients clients,
      Counters counters,
      InfoText info) {
    return Stream.of(
            new ConnectionCommands(clients).all(),
            new AuthCommands(authenticator, counters).all(),
            new PeerCommands(control).all(),
            new ReplicationCommands(new StreamSource(control::streams)).all(),
            new AdminCommands(control).all(),
            new InspectionCommands(control.inspection()).all(),
            new StateCommands(control, info).all(),
            PubSubCommands.all())
        .flatMap(List::stream)
        .toList();
  }

  private void accept(Acceptor acceptor) {
    Thread thread = new Thread(acceptor, "control-accept-" + acceptors.size());
    thread.setDaemon(true);
    acceptors.add(thread);
    thread.start();
  }

  /** The version in the manifest of the jar. */
  public static String version() {
    String version = ControlServer.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The port that is listened on, that without TLS if there are two. */
  public int port() {
    return doors.port();
  }

  /** The port that speaks TLS; 0 if there is none. */
  public int tlsPort() {
    return doors.tlsPort();
  }

  /** Closes all connections; waits a second at most for their threads. May be called repeatedly. */
  @Override
  public void close() {
    doors.close();
    List<Thread> threads = new ArrayList<>(acceptors);
    clients.closeAll().forEach(client -> threads.add(client.thread()));
    long deadlineNanos = System.nanoTime() + JOIN_MILLIS * 1_000_000;
    try {
      for (Thread thread : threads) {
        join(thread, (deadlineNanos - System.nanoTime()) / 1_000_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not for the own thread: who asks for SHUTDOWN may end up here. */
  private static void join(Thread thread, long millis) throws InterruptedException {
    if (thread != Thread.currentThread() && millis > 0) {
      thread.join(millis);
    }
  }
}

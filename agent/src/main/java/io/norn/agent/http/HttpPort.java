package io.norn.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.norn.agent.config.Monitoring;
import io.norn.net.ServerTls;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code GET} for some paths, on all addresses that are configured. */
public final class HttpPort implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);
  private static final int THREADS = 2;
  private static final int BACKLOG = 64;

  /** For whoever probes whether this node lives; they tell nothing about it. */
  private static final Set<String> FOR_EVERYBODY = Set.of("/health", "/ready");

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
          + " connect-src 'self'; img-src data:";

  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, task -> daemon(task));
  private final Admission admission;
  private final Map<String, Page.Source> pages;
  private final ServerTls tls;

  static {
    // Clients that send or take nothing for so many seconds must not keep threads for ever.
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "20");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", "20");
  }

  private HttpPort(Admission admission, Map<String, Page.Source> pages, ServerTls tls) {
    this.admission = admission;
    this.pages = pages;
    this.tls = tls;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "http");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Listens.
   *
   * @param port 0 lets the system choose, for tests
   * @throws IOException if an address cannot be used; one line for users
   */
  static HttpPort open(
      List<String> bind, int port, Admission admission, Map<String, Page.Source> pages)
      throws IOException {
    return open(new Monitoring(port, bind, 0, Optional.empty()), admission, pages);
  }

  /** As above, over TLS if that is wanted. */
  static HttpPort open(Monitoring monitoring, Admission admission, Map<String, Page.Source> pages)
      throws IOException {
    List<String> bind = monitoring.bind();
    int port = monitoring.port();
    ServerTls tls = monitoring.tls().isPresent() ? monitoring.tls().get().open() : null;
    HttpPort http = new HttpPort(admission, pages, tls);
    try {
      int chosen = port;
      for (String address : bind) {
        http.listen(address, chosen);
        chosen = http.servers.isEmpty() ? chosen : http.port();
      }
    } catch (IOException e) {
      http.close();
      throw e;
    }
    LOG.info(
        "metrics and status page on {} port {}{}",
        String.join(" ", bind),
        http.port(),
        tls == null ? "" : " (TLS)");
    return http;
  }

  /** A dash in front means, as for the control port, that the address may be missing. */
  private void listen(String bind, int port) throws IOException {
    boolean isOptional = bind.startsWith("-");
    String address = isOptional ? bind.substring(1) : bind;
    try {
      HttpServer server = create(socketAddress(address, port));
      server.createContext("/", this::answer);
      server.setExecutor(threads);
      server.start();
      servers.add(server);
    } catch (IOException e) {
      if (!isOptional) {
        throw new IOException(
            "cannot listen on "
                + address
                + " port "
                + port
                + " for metrics: "
                + e.getMessage()
                + "; see metrics-port and metrics-bind",
            e);
      }
    }
  }

  private HttpServer create(InetSocketAddress address) throws IOException {
    if (tls == null) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls.context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            parameters.setSSLParameters(tls.parameters());
          }
        });
    return server;
  }

  /**
   * Reads the certificates again, for connections from now on.
   *
   * @throws IOException if they cannot be used, in one line; then nothing has changed
   */
  public void renewCertificates(Monitoring monitoring) throws IOException {
    if (tls != null && monitoring.tls().isPresent()) {
      tls.renew(monitoring.tls().get().files());
    }
  }

  private static InetSocketAddress socketAddress(String address, int port) throws IOException {
    return switch (address) {
      case "*" -> new InetSocketAddress(port);
      case "::*" -> new InetSocketAddress(InetAddress.getByName("::"), port);
      default -> new InetSocketAddress(InetAddress.getByName(address), port);
    };
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Page page = page(exchange);
      exchange.getResponseHeaders().set("Content-Type", page.contentType());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(page.status(), isHead ? -1 : page.body().length);
      if (!isHead) {
        exchange.getResponseBody().write(page.body());
      }
    }
  }

  private Page page(HttpExchange exchange) {
    if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      return Page.text(405, "only GET is possible here");
    }
    String path = exchange.getRequestURI().getPath();
    Page.Source source = pages.get(path);
    if (source == null) {
      return Page.text(404, "there is " + String.join(" ", pages.keySet()));
    }
    return FOR_EVERYBODY.contains(path) ? made(source) : forVisitor(exchange, source);
  }

  private Page forVisitor(HttpExchange exchange, Page.Source source) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    return switch (admission.of(exchange.getRemoteAddress().getAddress(), authorization)) {
      case WELCOME -> made(source);
      case FORBIDDEN ->
          Page.text(403, "protected mode: set requirepass to let other hosts see this");
      case AUTHENTICATE -> {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"norn\"");
        yield Page.text(401, "a password is needed: user and password of the agent's own port");
      }
    };
  }

  private static Page made(Page.Source source) {
    try {
      return source.get();
    } catch (RuntimeException e) {
      LOG.error("a page cannot be made, which is a bug", e);
      return Page.text(500, "internal error, see the agent's log");
    }
  }

  /** The port that is listened on. */
  public int port() {
    return servers.get(0).getAddress().getPort();
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}

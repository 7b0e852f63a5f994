package io.norn.agent.config;

import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.net.ServerTls;
import io.norn.net.TlsSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Draws an {@link AgentConfig} from directives, once. */
final class Conclusion {
  private static final long MIN_JOURNAL_BYTES = 1L << 20;
  private static final int MAX_MILLIS = 3_600_000;

  private final Settings settings;

  /** Asked only when needed: where names are resolved slowly that takes seconds. */
  private final Supplier<String> hostName;

  private final Arguments origin;

  Conclusion(Settings settings, Supplier<String> hostName, Arguments origin) {
    this.settings = settings;
    this.hostName = hostName;
    this.origin = origin;
  }

  AgentConfig conclude() throws ConfigException {
    checkIgnored();
    Identity identity = identity();
    Endpoint local = local();
    Listen listen = listen();
    PeersConfig peers = peers(local.address(), listen);
    return new AgentConfig(
        identity,
        listen,
        directory(),
        local,
        peers,
        journal(),
        timing(),
        new PolicyReader(settings).read(),
        monitoring(listen),
        settings.choice("loglevel", LogLevel.class),
        origin,
        shown(identity));
  }

  /** KeyDB's switches may be on, but an agent that is told not to be active would still be. */
  private void checkIgnored() throws ConfigException {
    for (String name : List.of("active-replica", "multi-master")) {
      if (!settings.isYes(name)) {
        throw settings.error(name, "'no' is not possible, Norn always is: remove the line");
      }
    }
  }

  private Identity identity() throws ConfigException {
    Optional<String> given = settings.optional("node-id");
    try {
      return given.isPresent() ? new Identity(given.get()) : Identity.ofHost(hostName.get());
    } catch (IllegalArgumentException e) {
      throw settings.error("node-id", e.getMessage());
    }
  }

  private Endpoint local() throws ConfigException {
    Optional<Directive> local = settings.find("local");
    if (local.isEmpty()) {
      throw settings.error(
          "local", "is missing: name this node's own server, for instance 'local 127.0.0.1 6379'");
    }
    Credentials credentials =
        credentials("local-user", settings.text("local-user"), settings.text("local-auth"));
    return new Endpoint(Settings.address(local.get()), credentials, tls("tls-local"));
  }

  private Credentials credentials(String name, String user, String password)
      throws ConfigException {
    if (password.isEmpty() && !user.isEmpty()) {
      throw settings.error(name, "user '" + user + "' has no password: add one");
    }
    return new Credentials(user, password);
  }

  private Listen listen() throws ConfigException {
    Optional<Listen.TlsPort> tls = tlsPort();
    int port = settings.number("port", tls.isPresent() ? 0 : 1, 65535);
    if (tls.isPresent() && port == tls.get().port()) {
      throw settings.error("tls-port", "'" + port + "' is the port without TLS: use another");
    }
    List<String> bind = settings.values("bind");
    if (bind.stream().anyMatch(String::isBlank)) {
      throw settings.error("bind", "an address is empty: use 127.0.0.1, or * for all");
    }
    Credentials password = new Credentials("", settings.text("requirepass"));
    return new Listen(
        bind,
        port == 0 ? Listen.NONE : port,
        announced(bind.get(0), announcedPort(port, tls)),
        password,
        limits(),
        tls);
  }

  /** Who speaks TLS to servers does so to agents. */
  private int announcedPort(int port, Optional<Listen.TlsPort> tls) throws ConfigException {
    boolean isTls = port == 0 || (tls.isPresent() && settings.isYes("tls-replication"));
    return isTls ? tls.orElseThrow().port() : port;
  }

  private Optional<Listen.TlsPort> tlsPort() throws ConfigException {
    int port = settings.number("tls-port", 0, 65535);
    return port == 0
        ? Optional.empty()
        : Optional.of(new Listen.TlsPort(port, portTls("tls-port", "tls-auth-clients")));
  }

  private PortTls portTls(String port, String authClients) throws ConfigException {
    ServerTls.ClientCertificates clients =
        settings.choice(authClients, ServerTls.ClientCertificates.class);
    TlsSettings files = tlsFiles();
    if (files.certFile().isEmpty()) {
      throw settings.error(
          port, "needs a certificate to show: give tls-cert-file and tls-key-file");
    }
    if (clients != ServerTls.ClientCertificates.NO && files.caCertFile().isEmpty()) {
      throw settings.error(
          authClients,
          "clients cannot be verified: give tls-ca-cert-file, or '" + authClients + " no'");
    }
    return new PortTls(files, clients);
  }

  private Listen.ClientLimits limits() throws ConfigException {
    Listen.Protection protection =
        settings.isYes("protected-mode") ? Listen.Protection.ON : Listen.Protection.OFF;
    int maxClients = settings.number("maxclients", 1, 10_000);
    return new Listen.ClientLimits(
        protection, maxClients, settings.number("timeout", 1, 86_400) * 1000L);
  }

  private Address announced(String firstBind, int port) throws ConfigException {
    String bound = firstBind.startsWith("-") ? firstBind.substring(1) : firstBind;
    boolean isWildcard = List.of("*", "::*", "0.0.0.0", "::").contains(bound);
    Supplier<String> reachable = isWildcard ? hostName : () -> bound;
    String host = settings.optional("announce-ip").orElseGet(reachable);
    String announcedPort = settings.optional("announce-port").orElse(Integer.toString(port));
    String culprit = settings.find("announce-port").isPresent() ? "announce-port" : "announce-ip";
    try {
      return Hosts.address(host, announcedPort);
    } catch (IllegalArgumentException e) {
      throw settings.error(culprit, e.getMessage());
    }
  }

  private Path directory() throws ConfigException {
    return path("dir", settings.text("dir")).toAbsolutePath().normalize();
  }

  private Path path(String name, String text) throws ConfigException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw settings.error(name, "'" + text + "' is no path");
    }
  }

  private PeersConfig peers(Address local, Listen listen) throws ConfigException {
    List<Address> addresses = new ArrayList<>();
    for (Directive line : settings.all("replicaof")) {
      Address peer = Settings.address(line);
      checkPeer(line, peer, local, listen);
      if (!addresses.contains(peer)) {
        addresses.add(peer);
      }
    }
    Credentials common =
        credentials("masteruser", settings.text("masteruser"), settings.text("masterauth"));
    return new PeersConfig(addresses, common, overrides(common), tls("tls-replication"));
  }

  private static void checkPeer(Directive line, Address peer, Address local, Listen listen)
      throws ConfigException {
    if (peer.equals(local)) {
      throw line.error(peer + " is this node's own server: name those of the other nodes");
    }
    if (peer.equals(listen.announced())) {
      throw line.error(peer + " is this agent: name the servers of the other nodes");
    }
  }

  /** What stands for a single peer counts before what stands for all, user and password apart. */
  private Map<Address, Credentials> overrides(Credentials common) throws ConfigException {
    Map<Address, Credentials> overrides = new LinkedHashMap<>();
    for (Directive line : settings.all("peer-user")) {
      Address peer = Settings.address(line);
      String password = overrides.getOrDefault(peer, common).password();
      overrides.put(peer, new Credentials(line.values().get(2), password));
    }
    for (Directive line : settings.all("peer-auth")) {
      Address peer = Settings.address(line);
      String user = overrides.getOrDefault(peer, common).user();
      overrides.put(peer, new Credentials(user, line.values().get(2)));
    }
    for (Credentials single : overrides.values()) {
      credentials("peer-user", single.user(), single.password());
    }
    return overrides;
  }

  private Optional<TlsSettings> tls(String name) throws ConfigException {
    return settings.isYes(name) ? Optional.of(tlsFiles()) : Optional.empty();
  }

  private TlsSettings tlsFiles() throws ConfigException {
    TlsSettings tls =
        new TlsSettings(file("tls-ca-cert-file"), file("tls-cert-file"), file("tls-key-file"));
    if (tls.certFile().isPresent() != tls.keyFile().isPresent()) {
      String given = tls.certFile().isPresent() ? "tls-cert-file" : "tls-key-file";
      throw settings.error(given, "tls-cert-file and tls-key-file go together: give both");
    }
    return tls;
  }

  private Optional<Path> file(String name) throws ConfigException {
    Optional<String> given = settings.optional(name);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Path file = path(name, given.get());
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw settings.error(name, "'" + file + "' cannot be read: give a PEM file");
    }
    return Optional.of(file);
  }

  private JournalConfig journal() throws ConfigException {
    return new JournalConfig(
        settings.choice("journal-sync", JournalConfig.Sync.class),
        settings.bytes("journal-max-size", MIN_JOURNAL_BYTES),
        settings.millis("journal-max-age"),
        settings.bytes("journal-reserve", MIN_JOURNAL_BYTES));
  }

  private Timing timing() throws ConfigException {
    int heartbeatMillis = settings.number("heartbeat-millis", 10, MAX_MILLIS);
    int readDeadlineMillis = settings.number("repl-timeout", 1, MAX_MILLIS / 1000) * 1000;
    if (heartbeatMillis >= readDeadlineMillis) {
      throw settings.error(
          "heartbeat-millis",
          "'" + heartbeatMillis + "' is not below repl-timeout: links would be cut while idle");
    }
    int skewMillis = settings.number("max-clock-skew", 1, MAX_MILLIS);
    return new Timing(heartbeatMillis, readDeadlineMillis, skewMillis);
  }

  private Monitoring monitoring(Listen listen) throws ConfigException {
    int port = settings.number("metrics-port", 0, 65535);
    boolean isTaken =
        port == listen.port() || listen.tls().filter(secure -> secure.port() == port).isPresent();
    if (port != 0 && isTaken) {
      throw settings.error("metrics-port", "'" + port + "' is the agent's own port: use another");
    }
    List<String> bind = settings.values("metrics-bind");
    Optional<PortTls> tls =
        port != 0 && settings.isYes("metrics-tls")
            ? Optional.of(portTls("metrics-tls", "metrics-tls-auth-clients"))
            : Optional.empty();
    return new Monitoring(
        port, bind.isEmpty() ? listen.bind() : bind, settings.millis("ready-max-lag"), tls);
  }

  private Map<String, String> shown(Identity identity) {
    Map<String, String> shown = settings.shown();
    shown.put("node-id", identity.nodeId());
    return shown;
  }
}

package io.norn.agent.control;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The text of {@code INFO}: what every server says, then what the agent knows. */
final class InfoText {
  /** What Valkey says too: clients choose what they use by it. */
  private static final String REDIS_VERSION = "7.2.4";

  private static final Set<String> EVERYTHING = Set.of("all", "default", "everything");

  private final AgentControl control;
  private final Clients clients;
  private final Counters counters;
  private final int port;
  private final String runId = (id() + id()).substring(0, 40);
  private final long startNanos = System.nanoTime();

  InfoText(AgentControl control, Clients clients, Counters counters, int port) {
    this.control = control;
    this.clients = clients;
    this.counters = counters;
    this.port = port;
  }

  /** The version in the manifest of the jar. */
  static String nornVersion() {
    return ControlServer.version();
  }

  /** The sections of these names in lower case, all if there are none. */
  String text(Session session, Set<String> wanted) {
    boolean everything = wanted.isEmpty() || wanted.stream().anyMatch(EVERYTHING::contains);
    StringBuilder text = new StringBuilder();
    sections(session)
        .forEach(
            (name, fields) -> {
              if (everything || wanted.contains(name.toLowerCase(Locale.ROOT))) {
                append(text, name, fields);
              }
            });
    return text.toString();
  }

  private Map<String, Map<String, String>> sections(Session session) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    sections.put("Server", server());
    sections.put("Clients", clients());
    sections.put("Replication", Replication.of(control, session).fields());
    control
        .status()
        .forEach(
            (name, fields) ->
                sections.computeIfAbsent(name, key -> new LinkedHashMap<>()).putAll(fields));
    return sections;
  }

  private Map<String, String> server() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("redis_version", REDIS_VERSION);
    fields.put("norn_version", nornVersion());
    fields.put("redis_mode", "standalone");
    fields.put("process_id", Long.toString(ProcessHandle.current().pid()));
    fields.put("run_id", runId);
    fields.put("tcp_port", Integer.toString(port));
    long uptimeSeconds = (System.nanoTime() - startNanos) / 1_000_000_000L;
    fields.put("uptime_in_seconds", Long.toString(uptimeSeconds));
    fields.put("java_version", System.getProperty("java.version"));
    return fields;
  }

  private Map<String, String> clients() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("connected_clients", Integer.toString(clients.size()));
    fields.put("maxclients", Integer.toString(clients.max()));
    fields.putAll(counters.fields());
    return fields;
  }

  private static void append(StringBuilder text, String name, Map<String, String> fields) {
    text.append(text.isEmpty() ? "" : "\r\n").append("# ").append(name).append("\r\n");
    fields.forEach(
        (key, value) ->
            text.append(key).append(':').append(value.replaceAll("[\\r\\n]+", " ")).append("\r\n"));
  }

  private static String id() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}

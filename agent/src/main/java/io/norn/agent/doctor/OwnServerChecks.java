package io.norn.agent.doctor;

import java.util.Locale;
import java.util.OptionalLong;

/** What may be wrong with the server beside the agent. */
final class OwnServerChecks {
  private static final long MIN_BACKLOG_BYTES = 16L << 20;
  private static final long MIN_OUTPUT_BYTES = 64L << 20;
  private static final String EVENTS = "Exe";

  private final ServerFacts server;
  private final Findings findings;

  OwnServerChecks(ServerFacts server, Findings findings) {
    this.server = server;
    this.findings = findings;
  }

  void run() {
    role();
    backlog();
    outputBuffer();
    events();
    memory();
    persistence();
    replicas();
  }

  private void role() {
    if (!server.info().role().equals("master")) {
      findings.error(
          server.where(),
          "is a replica of "
              + server.info().text("master_host")
              + ":"
              + server.info().text("master_port")
              + ", but the agent needs a primary",
          server.cli() + " REPLICAOF NO ONE, or name its primary in 'local'");
    }
    if (server.info().number("cluster_enabled") == 1) {
      findings.error(
          server.where(),
          "runs in cluster mode, which Norn does not support yet",
          "use a server with cluster-enabled no");
    }
  }

  private void backlog() {
    OptionalLong size = server.number("repl-backlog-size");
    if (size.isPresent() && size.getAsLong() < MIN_BACKLOG_BYTES) {
      findings.warning(
          server.where(),
          "repl-backlog-size is "
              + (size.getAsLong() >> 10)
              + " KB: a short break of a link may cost a merge of the whole dataset",
          server.set("repl-backlog-size", "64mb"));
    }
    OptionalLong keptSeconds = server.number("repl-backlog-ttl");
    if (keptSeconds.isPresent() && keptSeconds.getAsLong() > 0) {
      findings.note(
          server.where(),
          "repl-backlog-ttl is "
              + keptSeconds.getAsLong()
              + " s: an agent that is down for longer costs a merge of the whole dataset",
          server.set("repl-backlog-ttl", "0"));
    }
  }

  /** The line is {@code normal 0 0 0 slave HARD SOFT SECONDS pubsub …}. */
  private void outputBuffer() {
    String[] words = server.config().getOrDefault("client-output-buffer-limit", "").split(" ", -1);
    for (int i = 0; i + 3 < words.length; i++) {
      if (words[i].matches("slave|replica") && words[i + 1].matches("\\d{1,18}")) {
        long hard = Long.parseLong(words[i + 1]);
        if (hard > 0 && hard < MIN_OUTPUT_BYTES) {
          findings.warning(
              server.where(),
              "client-output-buffer-limit cuts replicas off at " + (hard >> 20) + " MB",
              server.set("client-output-buffer-limit", "\"replica 256mb 64mb 60\""));
        }
      }
    }
  }

  private void events() {
    String set = server.config().get("notify-keyspace-events");
    if (set == null) {
      return;
    }
    boolean hasAll =
        set.contains("E") && (set.contains("A") || (set.contains("x") && set.contains("e")));
    if (!hasAll) {
      findings.note(
          server.where(),
          "notify-keyspace-events is '"
              + set
              + "': what expires cannot be told from what clients delete, unless the agent may"
              + " set it",
          server.set("notify-keyspace-events", merged(set)));
    }
  }

  /** The flags that are set, and those that are needed. */
  private static String merged(String set) {
    StringBuilder flags = new StringBuilder(set);
    for (int i = 0; i < EVENTS.length(); i++) {
      char flag = EVENTS.charAt(i);
      if (set.indexOf(flag) < 0 && !(flag != 'E' && set.contains("A"))) {
        flags.append(flag);
      }
    }
    return flags.toString();
  }

  private void memory() {
    String policy = server.config().getOrDefault("maxmemory-policy", "").toLowerCase(Locale.ROOT);
    OptionalLong limit = server.number("maxmemory");
    if (policy.startsWith("allkeys-") && limit.isPresent() && limit.getAsLong() > 0) {
      findings.warning(
          server.where(),
          "maxmemory-policy is " + policy + ": it may evict what the agents keep in __norn",
          server.set("maxmemory-policy", policy.replace("allkeys-", "volatile-")));
    }
  }

  private void persistence() {
    boolean hasSnapshots = !server.config().getOrDefault("save", "?").isEmpty();
    boolean hasLog = !server.config().getOrDefault("appendonly", "?").equals("no");
    if (!hasSnapshots && !hasLog) {
      findings.note(
          server.where(),
          "keeps nothing on disk: after a restart it is filled again from a peer",
          server.set("appendonly", "yes"));
    }
  }

  private void replicas() {
    OptionalLong wanted = server.number("min-replicas-to-write");
    if (wanted.isPresent() && wanted.getAsLong() > 0) {
      findings.note(
          server.where(),
          "min-replicas-to-write is "
              + wanted.getAsLong()
              + ": agents count as replicas there, the own one among them",
          "count the agents in, or set it to 0");
    }
  }
}

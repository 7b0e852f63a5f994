package io.norn.agent.config;

import static io.norn.agent.config.DirectiveSpec.ignored;
import static io.norn.agent.config.DirectiveSpec.one;
import static io.norn.agent.config.DirectiveSpec.secret;
import static io.norn.agent.config.DirectiveSpec.secretFile;

import io.norn.agent.config.DirectiveSpec.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All directives there are, in the order in which {@code CONFIG GET *} shows them. */
final class DirectiveTable {
  private static final int MAX_BINDS = 16;

  private static final List<DirectiveSpec> SPECS =
      List.of(
          one("node-id", "NAME", ""),
          one("port", "PORT", "7379"),
          new DirectiveSpec("bind", "ADDRESS...", 1, MAX_BINDS, "127.0.0.1", Kind.SINGLE),
          one("protected-mode", "yes|no", "yes"),
          secret("requirepass"),
          secretFile("requirepass-file"),
          one("maxclients", "NUMBER", "128"),
          one("timeout", "SECONDS", "300"),
          one("announce-ip", "ADDRESS", ""),
          one("announce-port", "PORT", ""),
          one("dir", "DIRECTORY", "./norn-data"),
          new DirectiveSpec("local", "HOST PORT", 2, 2, "", Kind.SINGLE),
          one("local-user", "USER", ""),
          secret("local-auth"),
          secretFile("local-auth-file"),
          new DirectiveSpec("replicaof", "HOST PORT", 2, 2, "", Kind.REPEATED),
          one("masteruser", "USER", ""),
          secret("masterauth"),
          secretFile("masterauth-file"),
          new DirectiveSpec("peer-user", "HOST PORT USER", 3, 3, "", Kind.REPEATED),
          new DirectiveSpec("peer-auth", "HOST PORT PASSWORD", 3, 3, "", Kind.REPEATED_SECRET),
          one("tls-replication", "yes|no", "no"),
          one("tls-local", "yes|no", "no"),
          one("tls-port", "PORT", "0"),
          one("tls-auth-clients", "yes|no|optional", "yes"),
          one("tls-ca-cert-file", "FILE", ""),
          one("tls-cert-file", "FILE", ""),
          one("tls-key-file", "FILE", ""),
          one("journal-sync", "no|everysec|always", "everysec"),
          one("journal-max-size", "SIZE", "8gb"),
          one("journal-max-age", "DURATION", "7d"),
          one("journal-reserve", "SIZE", "256mb"),
          one("max-clock-skew", "MILLISECONDS", "1000"),
          one("heartbeat-millis", "MILLISECONDS", "1000"),
          one("repl-timeout", "SECONDS", "30"),
          one("initial-sync", "prefer-local|prefer-peer", "prefer-peer"),
          one("conflict-policy", "lww|observed-remove", "lww"),
          one("ttl-policy", "last|longest", "last"),
          one("replicate-flush", "yes|no", "yes"),
          one("replicate-evictions", "yes|no", "no"),
          new DirectiveSpec("prefix-policy", "PREFIX POLICY", 2, 2, "", Kind.REPEATED),
          one("metrics-port", "PORT", "0"),
          new DirectiveSpec("metrics-bind", "ADDRESS...", 1, MAX_BINDS, "", Kind.SINGLE),
          one("metrics-tls", "yes|no", "no"),
          one("metrics-tls-auth-clients", "yes|no|optional", "no"),
          one("ready-max-lag", "DURATION", "10s"),
          one("loglevel", "debug|info|warn|error", "info"),
          ignored("active-replica"),
          ignored("multi-master"),
          ignored("multi-master-no-forward"));

  /** Other names under which people know a directive from Redis and Valkey. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "slaveof", "replicaof",
          "primaryauth", "masterauth",
          "primaryuser", "masteruser",
          "replica-announce-ip", "announce-ip",
          "replica-announce-port", "announce-port",
          "slave-announce-ip", "announce-ip",
          "slave-announce-port", "announce-port");

  private static final Map<String, DirectiveSpec> BY_NAME = new LinkedHashMap<>();

  static {
    SPECS.forEach(spec -> BY_NAME.put(spec.name(), spec));
  }

  private DirectiveTable() {}

  static Collection<DirectiveSpec> all() {
    return SPECS;
  }

  static DirectiveSpec named(String name) {
    return BY_NAME.get(name);
  }

  /**
   * What a directive means.
   *
   * @throws ConfigException if there is none of that name, or it has too few or too many values
   */
  static DirectiveSpec of(Directive directive) throws ConfigException {
    DirectiveSpec spec = known(directive);
    spec.checkCount(directive);
    return spec;
  }

  /**
   * As {@link #of}, whatever the values are.
   *
   * @throws ConfigException if there is none of that name
   */
  static DirectiveSpec known(Directive directive) throws ConfigException {
    DirectiveSpec spec = BY_NAME.get(canonical(directive.name()));
    if (spec == null) {
      throw unknown(directive);
    }
    return spec;
  }

  /** The name of the table for a name under which people know it. */
  static String canonical(String name) {
    return ALIASES.getOrDefault(name, name);
  }

  private static ConfigException unknown(Directive directive) {
    Optional<String> nearest = NearestName.of(directive.name(), BY_NAME.keySet());
    return directive.error(
        nearest
            .map(name -> "unknown directive: did you mean '" + BY_NAME.get(name).form() + "'?")
            .orElse("unknown directive: remove it, or see examples/norn.conf for all there are"));
  }
}

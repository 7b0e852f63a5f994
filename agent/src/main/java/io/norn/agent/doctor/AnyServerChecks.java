package io.norn.agent.doctor;

/** What may be wrong with any server that the agent reads. */
final class AnyServerChecks {
  /** Lists what is documented in docs/security.md, where a test uses it. */
  static final String ACL =
      "~* &__norn &__keyevent@*__:expired &__keyevent@*__:evicted &__keyevent@*__:hexpired"
          + " +@read +@write +psync +replconf +ping +info +select +time +command +watch +unwatch +multi +exec +discard +spublish +ssubscribe +sunsubscribe"
          + " +subscribe +unsubscribe +psubscribe +punsubscribe +eval +config|get +config|set";

  private final ServerFacts server;
  private final String user;
  private final long maxSkewMillis;
  private final Findings findings;

  /**
   * Prepares them.
   *
   * @param user as which the agent is there; empty for the default user
   */
  AnyServerChecks(ServerFacts server, String user, long maxSkewMillis, Findings findings) {
    this.server = server;
    this.user = user.isEmpty() ? "default" : user;
    this.maxSkewMillis = maxSkewMillis;
    this.findings = findings;
  }

  void run() {
    version();
    rights();
    clock();
  }

  private void version() {
    int number = server.info().majorVersion() * 100 + server.info().minorVersion();
    int needed = server.info().isValkey() ? 702 : 700;
    if (number < needed) {
      findings.error(
          server.where(),
          "version " + (number == 0 ? "is unknown" : server.info().versionText() + " is too old"),
          "upgrade to Valkey 7.2 or later, or Redis 7.0 or later");
    }
    if (server.info().loading()) {
      findings.warning(server.where(), "is loading its data", "wait until it has");
    }
  }

  private void rights() {
    if (!server.denied().isEmpty()) {
      findings.error(
          server.where(),
          "user '" + user + "' may not use " + String.join(", ", server.denied()),
          server.cli() + " ACL SETUSER " + user + " " + ACL);
    }
  }

  private void clock() {
    long ahead = server.aheadMillis().orElse(0);
    if (Math.abs(ahead) > maxSkewMillis) {
      findings.warning(
          server.where(),
          "its clock is "
              + Math.abs(ahead)
              + " ms "
              + (ahead > 0 ? "ahead of" : "behind")
              + " this host's: the later clock wins more often than it should",
          "set both clocks: 'chronyc makestep' or 'systemctl restart systemd-timesyncd' there");
    }
  }
}

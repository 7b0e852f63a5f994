package io.norn.agent.config;

/**
 * What is known of one directive.
 *
 * @param name lower case
 * @param usage its values, for messages: {@code HOST PORT}
 * @param minValues how many values it needs
 * @param maxValues how many values it takes
 * @param defaultValue what counts when it is not given; empty for none
 * @param kind how often it may be given and whether its last value may be shown
 */
record DirectiveSpec(
    String name, String usage, int minValues, int maxValues, String defaultValue, Kind kind) {

  /** How a directive is repeated and shown. */
  enum Kind {
    SINGLE,
    SECRET,
    REPEATED,
    REPEATED_SECRET,
    /** Names a file that holds the value of the directive of that name without {@code -file}. */
    SECRET_FILE,
    /** Accepted for the sake of KeyDB's files, without effect. */
    IGNORED;

    boolean isSecret() {
      return this == SECRET || this == REPEATED_SECRET;
    }

    boolean isRepeated() {
      return this == REPEATED || this == REPEATED_SECRET;
    }
  }

  /** When a new value counts. */
  enum Effect {
    AT_START,
    AT_ONCE,
    /** When the links of the node are made anew, which a change at run time sees to. */
    ON_LINKS
  }

  /** When a new value counts. */
  Effect takesEffect() {
    if (name.matches(
            "node-id|port|tls-port|tls-auth-clients|bind|dir|local|replicaof|announce-.*|metrics-.*|active-replica|multi-master.*")
        || Policies.SHARED.contains(name)) {
      return Effect.AT_START;
    }
    boolean isAtOnce =
        name.matches("requirepass(-file)?|protected-mode|maxclients|timeout|loglevel|ready-.*");
    return isAtOnce ? Effect.AT_ONCE : Effect.ON_LINKS;
  }

  static DirectiveSpec secretFile(String name) {
    return new DirectiveSpec(name, "FILE", 1, 1, "", Kind.SECRET_FILE);
  }

  static DirectiveSpec one(String name, String usage, String defaultValue) {
    return new DirectiveSpec(name, usage, 1, 1, defaultValue, Kind.SINGLE);
  }

  static DirectiveSpec secret(String name) {
    return new DirectiveSpec(name, "PASSWORD", 1, 1, "", Kind.SECRET);
  }

  static DirectiveSpec ignored(String name) {
    return new DirectiveSpec(name, "yes", 1, 1, "yes", Kind.IGNORED);
  }

  void checkCount(Directive directive) throws ConfigException {
    int count = directive.values().size();
    if (count < minValues || count > maxValues) {
      throw directive.error(
          "has " + count + (count == 1 ? " value" : " values") + ": write '" + form() + "'");
    }
  }

  String form() {
    return name + " " + usage;
  }
}

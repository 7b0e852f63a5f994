package io.norn.sim.model;

/** What differs between the servers in their streams. */
public enum Dialect {
  /** Redis 7.0: SELECT before MULTI, expiry as DEL, SPOP with a count as one SREM a member. */
  REDIS_7("DEL"),
  /** Valkey 8: SELECT inside MULTI, expiry as UNLINK, SPOP with a count as one SREM. */
  VALKEY_8("UNLINK");

  private final String expiryCommand;

  Dialect(String expiryCommand) {
    this.expiryCommand = expiryCommand;
  }

  String expiryCommand() {
    return expiryCommand;
  }
}

package io.norn.rdb;

import io.norn.psync.PrimaryInfo;

/**
 * The server that payloads are made for.
 *
 * @param rdbVersion newest RDB version that its {@code RESTORE} takes
 */
public record RdbTarget(int rdbVersion) {
  /** The last version that Redis and Valkey share; from 12 on Redis went its own way. */
  private static final int LAST_COMMON = 11;

  /** The first version of Valkey's own; it refuses those of Redis in between. */
  private static final int FIRST_VALKEY = 80;

  /** What a server with this {@code INFO} takes. */
  public static RdbTarget of(PrimaryInfo server) {
    int version = server.majorVersion() * 100 + server.minorVersion();
    if (server.isValkey()) {
      return new RdbTarget(version >= 900 ? FIRST_VALKEY : LAST_COMMON);
    }
    if (version >= 704) {
      return new RdbTarget(12);
    }
    return new RdbTarget(version >= 702 ? LAST_COMMON : 10);
  }

  /** The version to write payloads in that come from a snapshot of that version. */
  int payloadVersion(int sourceVersion) {
    if (family(sourceVersion) == family(rdbVersion) || sourceVersion <= LAST_COMMON) {
      return Math.min(sourceVersion, rdbVersion);
    }
    return Math.min(LAST_COMMON, rdbVersion);
  }

  private static int family(int version) {
    return version <= LAST_COMMON ? 0 : version < FIRST_VALKEY ? 1 : 2;
  }
}

package io.norn.merge;

import io.norn.command.DbKey;

/**
 * A command to execute on the local server.
 *
 * @param db database
 * @param key its key; null if it has none or several
 * @param command name and arguments
 */
public record Emission(int db, DbKey key, byte[][] command) {

  Emission with(byte[][] other) {
    return new Emission(db, key, other);
  }
}

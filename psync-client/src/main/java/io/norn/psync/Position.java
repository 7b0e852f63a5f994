package io.norn.psync;

/**
 * A place in a replication stream, between two bytes.
 *
 * @param replid replication id of the history, 40 characters
 * @param offset end of what was consumed; PSYNC asks for the byte after it
 */
public record Position(String replid, long offset) {
  @Override
  public String toString() {
    return replid + ":" + offset;
  }
}

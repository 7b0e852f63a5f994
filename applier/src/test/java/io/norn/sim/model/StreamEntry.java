package io.norn.sim.model;

import java.util.List;

/**
 * One command of the replication stream.
 *
 * @param words its words
 * @param endOffset offset after its last byte
 */
public record StreamEntry(List<String> words, long endOffset) {
  /** The command as bytes. */
  public byte[][] command() {
    return Text.command(words.toArray(String[]::new));
  }

  /** Upper-case name of the command. */
  public String name() {
    return words.get(0).toUpperCase(java.util.Locale.ROOT);
  }
}

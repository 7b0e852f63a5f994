package io.norn.command;

import java.util.List;

/**
 * What the table says of one write command.
 *
 * @param name in upper case; that of a subcommand behind its container's and a blank
 * @param group what it is about
 * @param kind how it merges, also if it never stands in a stream
 * @param keys where its keys stand, in words
 * @param arrivesAs the commands that a server puts into its stream in its place; empty if it stands
 *     there itself
 * @param note what else there is to know, may be empty
 */
public record CommandRule(
    String name,
    CommandGroup group,
    CommandKind kind,
    String keys,
    List<String> arrivesAs,
    String note) {

  /** Keeps a copy of the list. */
  public CommandRule {
    arrivesAs = List.copyOf(arrivesAs);
  }

  /** False if it only ever comes as other commands. */
  public boolean standsInStreams() {
    return arrivesAs.isEmpty();
  }
}

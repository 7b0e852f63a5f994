package io.norn.agent.link;

import io.norn.agent.node.SmallFile;
import io.norn.journal.Journal;
import io.norn.journal.SyncPolicy;
import io.norn.psync.LinkSettings;
import io.norn.psync.Position;
import java.io.IOException;

/**
 * A stream on its way to disk.
 *
 * @param name by which agents know it
 * @param primary where it comes from
 * @param journal where its bytes are kept
 * @param policy when they are forced to disk
 * @param replidFile holds the id under which the primary goes on with it
 */
record JournaledStream(
    String name, LinkSettings primary, Journal journal, SyncPolicy policy, SmallFile replidFile) {

  /** Where to go on at the primary. */
  Position position() throws IOException {
    return new Position(replidFile.read().orElse(StreamName.replid(name)), journal.end());
  }
}

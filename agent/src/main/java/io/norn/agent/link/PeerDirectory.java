package io.norn.agent.link;

import io.norn.agent.node.DataDirectory;
import io.norn.agent.node.SmallFile;
import io.norn.journal.Journal;
import io.norn.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What is kept on disk about one peer.
 *
 * @param directory its directory
 * @param settings of journals, for any directory
 */
public record PeerDirectory(Path directory, JournalSettings settings) {

  /** The inbound journal; removed first if it was found damaged. */
  Journal openJournal() throws IOException {
    SmallFile damaged = damagedFile();
    Path journal = directory.resolve("journal");
    if (damaged.read().isPresent()) {
      DataDirectory.deleteTree(journal);
      damaged.delete();
    }
    return Journal.open(
        new JournalSettings(
            journal,
            settings.sync(),
            settings.maxBytes(),
            settings.maxAge(),
            settings.reserveBytes()),
        InstantSource.system());
  }

  /** Node id and incarnation, as seen at the first contact. */
  public SmallFile nodeFile() {
    return new SmallFile(directory.resolve("node"));
  }

  /** The peer's current replid, which may change while its stream goes on. */
  SmallFile replidFile() {
    return new SmallFile(directory.resolve("replid"));
  }

  /** There after damage was found: the journal is fetched again. */
  SmallFile damagedFile() {
    return new SmallFile(directory.resolve("damaged"));
  }
}

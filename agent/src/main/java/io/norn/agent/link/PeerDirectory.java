package io.norn.agent.link;

import io.norn.agent.node.DataDirectory;
import io.norn.agent.node.SmallFile;
import io.norn.journal.Journal;
import io.norn.journal.JournalSettings;
import io.norn.stream.DecoderState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

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

  /**
   * Notes the reader's state at the beginning of the journal, before there is anything in it.
   *
   * @param stream name of the stream that begins there
   */
  void writeStart(String stream, DecoderState state) throws IOException {
    startFile().write(stream + " " + state.offset() + " " + state.db() + " " + state.largest());
  }

  /** The state that was noted for this place; empty if none was. */
  Optional<DecoderState> readStart(String stream, long offset) throws IOException {
    String[] words = startFile().read().orElse("").split(" ", -1);
    boolean matches =
        words.length == 4 && words[0].equals(stream) && words[1].equals(Long.toString(offset));
    return matches
        ? Optional.of(
            new DecoderState(offset, Integer.parseInt(words[2]), Long.parseLong(words[3])))
        : Optional.empty();
  }

  private SmallFile startFile() {
    return new SmallFile(directory.resolve("start"));
  }

  /**
   * There after a peer was removed, whatever its address: what was executed since is not remembered
   * for it, so if it is added again its state is merged.
   *
   * @param directory of any peer
   */
  public static SmallFile removedFile(Path directory, String node) {
    return new SmallFile(directory.resolveSibling("removed." + node));
  }

  /** There after damage was found: the journal is fetched again. */
  SmallFile damagedFile() {
    return new SmallFile(directory.resolve("damaged"));
  }
}

package io.norn.agent.link;

import io.norn.agent.node.CheckpointHistory;
import io.norn.agent.node.DataDirectory;
import io.norn.agent.node.SmallFile;
import io.norn.stream.Succession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept about the own stream beside its journal.
 *
 * @param replid the server's current replid, which may change while the stream goes on
 * @param checkpoint the place from which the window is built
 * @param history earlier such places
 * @param successionsFile how the server went on under new streams
 */
public record LocalFiles(
    SmallFile replid, SmallFile checkpoint, SmallFile history, SmallFile successionsFile) {
  private static final int MAX_SUCCESSIONS = 8;

  public static LocalFiles of(DataDirectory directory) {
    return in(directory.root());
  }

  static LocalFiles in(Path directory) {
    return new LocalFiles(
        new SmallFile(directory.resolve("local-replid")),
        new SmallFile(directory.resolve("checkpoint")),
        new SmallFile(directory.resolve("checkpoints")),
        new SmallFile(directory.resolve("successions")));
  }

  public CheckpointHistory readHistory() throws IOException {
    return CheckpointHistory.read(history);
  }

  /** How the server went on under new streams, oldest first. */
  public List<Succession> successions() throws IOException {
    return Succession.decode(successionsFile.read().orElse(""));
  }

  /** Adds one, instead of one from the same stream that came to nothing. */
  void add(Succession next) throws IOException {
    List<Succession> all = new ArrayList<>(successions());
    all.removeIf(each -> each.from().equals(next.from()));
    all.add(next);
    int first = Math.max(0, all.size() - MAX_SUCCESSIONS);
    successionsFile.write(Succession.encode(all.subList(first, all.size())));
  }
}

package io.norn.agent.link;

import io.norn.agent.node.DataDirectory;
import io.norn.agent.node.SmallFile;

/**
 * What is kept about the own stream beside its journal.
 *
 * @param replid the server's current replid, which may change while the stream goes on
 * @param checkpoint the place from which the window is built
 */
public record LocalFiles(SmallFile replid, SmallFile checkpoint) {

  public static LocalFiles of(DataDirectory directory) {
    return new LocalFiles(directory.file("local-replid"), directory.file("checkpoint"));
  }
}

package io.norn.rdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Streams an RDB file, holding one value at a time in memory. */
public final class RdbReader {
  private static final RdbHandler NOBODY =
      new RdbHandler() {
        @Override
        public void key(KeyEntry entry) {}

        @Override
        public void function(byte[] payload) {}

        @Override
        public void leftOut(String what) {}
      };

  private RdbReader() {}

  /**
   * Checks the whole file first, then hands its content to the handler.
   *
   * @param target for which server payloads are made
   * @throws IOException if the file is truncated or damaged (then the handler got nothing), if it
   *     holds what is not understood, or from the handler; the message names file, offset, type and
   *     key
   */
  public static void read(Path file, RdbTarget target, RdbHandler handler) throws IOException {
    RdbFileCheck check = RdbFileCheck.of(file);
    if (!check.hasChecksum()) {
      // Then only its structure can tell that it was cut.
      run(file, check.version(), target, NOBODY);
    }
    run(file, check.version(), target, handler);
  }

  private static void run(Path file, int version, RdbTarget target, RdbHandler handler)
      throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      RdbInput in = new RdbInput(bytes, Files.size(file));
      in.skip(RdbFileCheck.HEADER_BYTES);
      new RdbLoop(file, in, new ValuePayloads(in, version, target), handler).run();
    }
  }
}

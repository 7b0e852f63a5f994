package io.norn.psync;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.resp.CommandFramer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads streams as text. */
final class Streams {
  private Streams() {}

  /** Reads until that command comes; all commands up to it, without the primary's pings. */
  static List<String> readUntil(PsyncSession session, CommandFramer framer, String last)
      throws IOException {
    List<String> seen = new ArrayList<>();
    byte[] buffer = new byte[4096];
    while (true) {
      while (framer.next()) {
        String text = text(framer.command());
        if (!text.equalsIgnoreCase("PING")) {
          seen.add(text);
        }
        if (text.equals(last)) {
          return seen;
        }
      }
      int count = session.read(buffer);
      assertThat(count).as("bytes read while %s was awaited", last).isPositive();
      framer.feed(buffer, 0, count);
    }
  }

  static Position fullResync(PsyncSession session, SyncRequest request) throws IOException {
    SyncReply reply = session.sync(request);
    assertThat(reply).isInstanceOf(SyncReply.FullResync.class);
    return ((SyncReply.FullResync) reply).at();
  }

  private static String text(byte[][] command) {
    List<String> words = new ArrayList<>();
    for (byte[] word : command) {
      words.add(new String(word, StandardCharsets.ISO_8859_1));
    }
    return String.join(" ", words);
  }
}

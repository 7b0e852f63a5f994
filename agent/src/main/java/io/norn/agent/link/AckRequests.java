package io.norn.agent.link;

import java.nio.charset.StandardCharsets;

/**
 * Finds {@code REPLCONF GETACK} in a stream without cutting it into commands: a client of the
 * primary waits for the answer. Finding the word in somebody's data costs one acknowledgement.
 */
final class AckRequests {
  private static final byte[] WORD = "GETACK".getBytes(StandardCharsets.US_ASCII);

  /** How much of the word the bytes so far end with; its first letter does not come again in it. */
  private int matched;

  /** True if the next bytes of the stream complete a request. */
  boolean isIn(byte[] buffer, int length) {
    boolean found = false;
    for (int i = 0; i < length; i++) {
      if (buffer[i] == WORD[matched]) {
        matched++;
      } else {
        matched = buffer[i] == WORD[0] ? 1 : 0;
      }
      if (matched == WORD.length) {
        found = true;
        matched = 0;
      }
    }
    return found;
  }
}

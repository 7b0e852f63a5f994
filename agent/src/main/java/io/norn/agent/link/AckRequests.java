package io.norn.agent.link;

import java.nio.charset.StandardCharsets;

/**
 * Finds {@code REPLCONF GETACK} in a stream without cutting it into commands: a client of the
 * primary waits for the answer. Finding the word in somebody's data costs one acknowledgement.
 */
final class AckRequests {
  private static final byte[] WORD = "GETACK".getBytes(StandardCharsets.US_ASCII);

  /** Its letters, as bits from 64 on. */
  private static final long LETTERS = letters();

  /** How much of the word the bytes so far end with; its first letter does not come again in it. */
  private int matched;

  /** True if the next bytes of the stream complete a request. */
  boolean isIn(byte[] buffer, int length) {
    boolean found = false;
    for (int i = 0; i < length; i++) {
      if (matched == 0) {
        i = skip(buffer, i, length);
      }
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

  /** A byte that is not in the word cannot be passed by it: so most bytes need not be looked at. */
  private static int skip(byte[] buffer, int from, int length) {
    int at = from;
    while (at + WORD.length < length && !isLetter(buffer[at + WORD.length - 1])) {
      at += WORD.length;
    }
    return at;
  }

  private static boolean isLetter(byte each) {
    return each >= 64 && (LETTERS >>> (each - 64) & 1) != 0;
  }

  private static long letters() {
    long letters = 0;
    for (byte each : WORD) {
      letters |= 1L << (each - 64);
    }
    return letters;
  }
}

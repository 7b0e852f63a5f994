package io.norn.agent.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What one node holds under a key, in short.
 *
 * @param type as {@code TYPE} says; empty where that was not asked for
 * @param digest of the value, as hexadecimal digits
 * @param expireAtMillis since the epoch; -1 for never
 */
record Fingerprint(String type, String digest, long expireAtMillis) {
  private static final int BYTES = 12;

  static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Enough of a hash to tell values apart. */
  static String hex(byte[] hash) {
    return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
  }
}

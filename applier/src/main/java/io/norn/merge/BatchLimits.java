package io.norn.merge;

/**
 * How much goes into one transaction.
 *
 * @param maxKeys watched keys
 * @param maxBytes size of the changes
 */
public record BatchLimits(int maxKeys, long maxBytes) {

  /** Half of it, but at least one key. */
  public BatchLimits halved() {
    return new BatchLimits(Math.max(1, maxKeys / 2), Math.max(1, maxBytes / 2));
  }
}

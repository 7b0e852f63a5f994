package io.norn.stream;

/**
 * A delete that no tick covers yet and that the server may have written by itself.
 *
 * @param change the command
 * @param begin end of the last write before that needs a tick, too: so far a tick may go that must
 *     not cover this; 0 for none
 * @param end end of the transaction it stands in, or its own outside of one
 * @param unitSize number of writes in that transaction
 * @param dueMillis when by the stream the key was to expire, milliseconds since the epoch, or one
 *     of the constants
 */
public record UnclassifiedDelete(
    Change change, long begin, long end, int unitSize, long dueMillis) {
  /** What went before is not known. */
  public static final long ANY_TIME = -1;

  /** The key had no time to live. */
  public static final long NEVER = Long.MAX_VALUE;

  public int db() {
    return change.db();
  }

  public byte[] key() {
    return change.args()[1];
  }

  public long endOffset() {
    return change.endOffset();
  }

  /** True if it removes fields, not the key. */
  public boolean isOfFields() {
    return Deletes.isOfFields(change.args());
  }
}

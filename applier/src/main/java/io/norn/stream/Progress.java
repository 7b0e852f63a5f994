package io.norn.stream;

/**
 * How far a stream has been taken in, with the reader's state there.
 *
 * @param offset end of the last unit taken in
 * @param largest the largest hybrid clock value seen in the stream up to there
 * @param db database selected there
 * @param batch number of the batch that brought it here, or one of the constants
 */
public record Progress(long offset, long largest, int db, long batch) {
  /** Taken over from a snapshot of the stream's node. */
  public static final long OF_SNAPSHOT = 0;

  /** Taken over from a snapshot of another node. */
  public static final long OF_THIRD_NODE = -1;

  /** The same, taken over from a snapshot of another node. */
  public Progress ofThirdNode() {
    return new Progress(offset, largest, db, OF_THIRD_NODE);
  }

  String encode() {
    return offset + " " + largest + " " + db + " " + batch;
  }

  /** Null if the text is no progress. */
  static Progress decode(String text) {
    String[] parts = text.split(" ", -1);
    try {
      return parts.length != 4
          ? null
          : new Progress(
              Long.parseLong(parts[0]),
              Long.parseLong(parts[1]),
              Integer.parseInt(parts[2]),
              Long.parseLong(parts[3]));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}

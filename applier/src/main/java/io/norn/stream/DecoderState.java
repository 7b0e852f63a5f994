package io.norn.stream;

/**
 * All that a reader must know to go on at a position.
 *
 * @param offset end of what was read; everything before it is stamped
 * @param db database selected there
 * @param largest the largest hybrid clock value up to there
 */
public record DecoderState(long offset, int db, long largest) {

  /** The start of a stream that nothing is known of. */
  public static DecoderState at(long offset) {
    return new DecoderState(offset, 0, 0);
  }

  public static DecoderState of(Progress progress) {
    return new DecoderState(progress.offset(), progress.db(), progress.largest());
  }

  public Progress asProgress(long batch) {
    return new Progress(offset, largest, db, batch);
  }
}

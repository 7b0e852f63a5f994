package io.norn.apply;

import java.io.IOException;

/** Something to do on the applying connection between batches. */
public interface Chore {

  /** True if there is something to do now. */
  boolean isWaiting();

  /** Until when to look again at the latest. */
  default long nextMillis() {
    return Long.MAX_VALUE;
  }

  /** Does it, or a part of it that takes no longer than some milliseconds. */
  void run(ApplyConnection connection) throws IOException, InterruptedException;
}

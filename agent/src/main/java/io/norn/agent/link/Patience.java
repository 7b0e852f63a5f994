package io.norn.agent.link;

/** How long to look for what may still turn up before doing without. Not thread-safe. */
final class Patience {
  private long sinceNanos;
  private boolean isLooking;
  private boolean isOver;

  /** It was not there this time; over for good when the first time was so long ago. */
  void missed(long patienceMillis) {
    long now = System.nanoTime();
    if (!isLooking) {
      isLooking = true;
      sinceNanos = now;
    }
    isOver |= now - sinceNanos >= patienceMillis * 1_000_000;
  }

  boolean isOver() {
    return isOver;
  }

  /** It was there, or something else has come of it: next time begins anew. */
  void renew() {
    isLooking = false;
    isOver = false;
  }
}

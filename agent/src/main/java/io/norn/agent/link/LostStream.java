package io.norn.agent.link;

import io.norn.psync.Position;
import io.norn.psync.PrimaryInfo;

/** Says why a server cannot continue a stream. */
final class LostStream {
  private LostStream() {}

  /** One line for users. */
  static String why(PrimaryInfo server, Position asked) {
    boolean sameHistory =
        asked.replid().equals(server.replid()) || asked.replid().equals(server.replid2());
    if (!sameHistory) {
      return "the server has a new history (" + server.replid() + "); " + asked + " is of another";
    }
    if (!server.backlogActive()) {
      return "the server kept no backlog: set 'repl-backlog-ttl 0' there";
    }
    long missed = server.backlogFirstByteOffset() - asked.offset() - 1;
    return missed > 0
        ? "backlog overran: " + missed + " bytes behind " + asked.offset() + raise()
        : "the server does not hold " + asked + " (" + server + ")";
  }

  private static String raise() {
    return " are no longer in the server's backlog: raise 'repl-backlog-size' there";
  }
}

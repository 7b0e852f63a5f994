package io.norn.agent.link;

import io.norn.psync.Position;
import java.util.Collection;

/**
 * Names of streams: the server's replid; where somebody may know another part of that history under
 * this name already, followed by a dot and the offset at which the new part begins.
 */
final class StreamName {
  private StreamName() {}

  /** The replid under which a stream of that name began. */
  static String replid(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /**
   * A name for a stream that begins here, of at most 64 characters.
   *
   * @param used all names that are known to be used
   */
  static String fresh(Position at, Collection<String> used) {
    if (used.stream().noneMatch(name -> replid(name).equals(at.replid()))) {
      return at.replid();
    }
    String plain = at.replid() + "." + at.offset();
    String name = plain;
    for (int again = 2; used.contains(name); again++) {
      name = plain + "-" + again;
    }
    return name;
  }
}

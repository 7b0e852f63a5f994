package io.norn.agent.config;

import io.norn.command.MergePolicy;
import java.util.List;

/**
 * Who wins.
 *
 * @param initialSync whose value a key keeps that both servers had before they knew each other
 * @param merge how concurrent operations are decided, which must be the same on all nodes
 * @param shared that as one line, spelled the same whenever it means the same
 */
public record Policies(InitialSync initialSync, MergePolicy merge, String shared) {
  /** The directives that {@link #shared} tells of, in its order. */
  static final List<String> SHARED =
      List.of(
          "conflict-policy",
          "ttl-policy",
          "replicate-flush",
          "replicate-evictions",
          "prefix-policy");

  /** Whose value counts at the first contact. */
  public enum InitialSync {
    PREFER_LOCAL,
    PREFER_PEER
  }
}

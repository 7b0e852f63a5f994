package io.norn.command;

/** How concurrent writes to a key are decided, and whether they leave their node. */
public enum KeyRule {
  /** Of each element the last write wins, a delete among them. */
  LWW,

  /** In collections a delete removes only what its node had seen. */
  OBSERVED_REMOVE,

  /** Writes stay where they are made; a flush of another node removes the key. */
  IGNORE,

  /** The key belongs to its site: nothing that other nodes do reaches it. */
  SITE_LOCAL;

  /** True if writes are carried to other nodes. */
  public boolean isShared() {
    return this == LWW || this == OBSERVED_REMOVE;
  }
}

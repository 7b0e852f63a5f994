package io.norn.command;

/** How a write command merges with others on the same keys. */
public enum CommandKind {
  /** The key is what the command says, whatever it was: the last one wins. */
  OVERWRITE("replaces the key"),

  /** Each field, member, score or time to live has a winner of its own. */
  ELEMENTS("element by element"),

  /** Adds to a number: concurrent ones all count. */
  DELTA("adds up"),

  /** Its result depends on what was there: executed as it is, after a conflict equal by state. */
  OPAQUE("as it is, then by state"),

  /** Removes all that is older than itself. */
  FLUSH("removes what is older"),

  /** Loads or removes libraries of functions: the last one of a library wins. */
  LIBRARY("replaces the library"),

  /** Not about keys: executed by every node once. */
  SERVER("as it is, at every node");

  private final String text;

  CommandKind(String text) {
    this.text = text;
  }

  /** A few words for users. */
  public String text() {
    return text;
  }
}

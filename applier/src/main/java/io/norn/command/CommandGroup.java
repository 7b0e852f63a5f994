package io.norn.command;

/** What a command is about: the order of the documentation. */
public enum CommandGroup {
  STRING("Strings, counters and bitmaps"),
  HASH("Hashes"),
  SET("Sets"),
  SORTED_SET("Sorted sets and geo"),
  LIST("Lists"),
  STREAM("Streams"),
  HYPERLOGLOG("HyperLogLog"),
  KEY("Keys of any type"),
  SERVER("Databases, scripts and messages");

  private final String title;

  CommandGroup(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}

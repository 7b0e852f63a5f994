package io.norn.psync;

/** What a primary answers to PSYNC. */
public sealed interface SyncReply {

  /**
   * A snapshot follows, then the stream from there.
   *
   * @param at position that the snapshot holds
   */
  record FullResync(Position at) implements SyncReply {}

  /**
   * The stream follows from the byte after the position asked for.
   *
   * @param replid id to go on with: the one asked for, or a new one after a restart or failover
   */
  record Continue(String replid) implements SyncReply {}

  /**
   * Not ready: ask again with backoff.
   *
   * @param reason the error reply
   */
  record TryLater(String reason) implements SyncReply {}

  /**
   * Asking again changes nothing until somebody changes the server or the rights.
   *
   * @param reason the error reply
   */
  record Refused(String reason) implements SyncReply {}
}

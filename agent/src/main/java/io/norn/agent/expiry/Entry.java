package io.norn.agent.expiry;

import io.norn.stream.DeleteCause;
import io.norn.stream.UnclassifiedDelete;

/** A delete and what was found out about it. */
final class Entry {
  private final UnclassifiedDelete delete;

  /** The removal of fields right before, if it emptied the hash and both are one transaction. */
  private final Entry leader;

  private Verdict verdict = Verdict.OPEN;
  private DeleteCause cause;

  enum Verdict {
    /** Nothing yet. */
    OPEN,
    CLIENTS,
    SERVERS,

    /** No subscription stood when it happened. */
    UNSEEN
  }

  Entry(UnclassifiedDelete delete, Entry before) {
    this.delete = delete;
    this.leader = before != null && isEnd(before.delete, delete) ? before : null;
  }

  /**
   * When the last field of a hash expires, Valkey 9 writes {@code MULTI HDEL UNLINK EXEC} and tells
   * only of the field (seen on 9.1.2).
   */
  private static boolean isEnd(UnclassifiedDelete fields, UnclassifiedDelete key) {
    return fields.isOfFields()
        && !key.isOfFields()
        && key.unitSize() == 2
        && fields.end() == key.end()
        && KeyId.of(fields).isSameKey(KeyId.of(key));
  }

  UnclassifiedDelete delete() {
    return delete;
  }

  long offset() {
    return delete.endOffset();
  }

  boolean isOpen() {
    return verdict == Verdict.OPEN;
  }

  Verdict verdict() {
    return verdict;
  }

  DeleteCause cause() {
    return cause;
  }

  /** False while what decides about it is open itself. */
  boolean isReady() {
    return leader == null || !leader.isOpen();
  }

  /** Takes over from the removal of the last fields; false if that says nothing. */
  boolean follow() {
    if (leader == null || leader.verdict != Verdict.SERVERS) {
      return false;
    }
    servers(DeleteCause.EXPIRED);
    return true;
  }

  void servers(DeleteCause why) {
    verdict = Verdict.SERVERS;
    cause = why;
  }

  void decide(Verdict known) {
    verdict = known;
  }
}

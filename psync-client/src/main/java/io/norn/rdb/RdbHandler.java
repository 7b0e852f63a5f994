package io.norn.rdb;

import java.io.IOException;

/** Takes the content of a snapshot, in its order, one piece at a time. */
public interface RdbHandler {

  /** A key with its value. */
  void key(KeyEntry entry) throws IOException;

  /**
   * A library of functions.
   *
   * @param payload fit for {@code FUNCTION RESTORE} on the target
   */
  void function(byte[] payload) throws IOException;

  /**
   * Something that cannot be brought to the target, which does not know it: told, so that nothing
   * gets lost in silence.
   *
   * @param what one line for a log
   */
  void leftOut(String what) throws IOException;

  /** A remark of the server about the snapshot, such as {@code repl-stream-db}. */
  default void aux(String name, String value) throws IOException {}
}

package io.norn.examples.bench;

import io.norn.net.Endpoint;
import java.io.Closeable;
import java.io.IOException;

/** Servers between which something is measured. */
interface Setup extends Closeable {
  /** As it is called in the results. */
  String name();

  /** Where is written. */
  Endpoint source();

  /** Where the writes should be seen. */
  Endpoint target();

  /**
   * Checks that nothing has died, where that is not noticed anyway.
   *
   * @throws IOException if something has
   */
  default void requireAlive() throws IOException {}
}

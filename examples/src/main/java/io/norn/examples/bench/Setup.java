package io.norn.examples.bench;

import io.norn.net.Endpoint;
import java.io.Closeable;

/** Servers between which something is measured. */
interface Setup extends Closeable {
  /** As it is called in the results. */
  String name();

  /** Where is written. */
  Endpoint source();

  /** Where the writes should be seen. */
  Endpoint target();
}

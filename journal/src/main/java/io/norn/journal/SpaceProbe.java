package io.norn.journal;

import java.io.IOException;

/** Tells the free space of a file system. */
@FunctionalInterface
interface SpaceProbe {
  long usableBytes() throws IOException;
}

package io.norn.sim.world;

/** Who reads a replication stream. */
public interface StreamReader {
  /** Offset after the last command that it has for good; reading goes on from here. */
  long position();

  /** The next command of the stream. */
  void accept(byte[][] command, long endOffset);
}

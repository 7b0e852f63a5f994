package io.norn.testkit.net;

/** The faults in force on the links of one proxy; touched by its thread alone. */
final class Faults {
  boolean cut;
  boolean stalledToTarget;
  boolean stalledToClient;
  long delayNanos;
  int sliceBytes = Integer.MAX_VALUE;
  int bytesPerSecond = Integer.MAX_VALUE;
}

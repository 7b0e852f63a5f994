package io.norn.testkit.net;

/** Which way bytes travel through a proxy. */
enum Direction {
  TO_TARGET,
  TO_CLIENT;

  boolean isStalled(Faults faults) {
    return this == TO_TARGET ? faults.stalledToTarget : faults.stalledToClient;
  }
}

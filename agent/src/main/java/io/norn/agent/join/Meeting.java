package io.norn.agent.join;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;

/** What the links of one node must agree on. May be used by any thread. */
public final class Meeting {
  /** One merge at a time: two at once could delete what the other brought. */
  private final Semaphore turn = new Semaphore(1);

  private final Map<String, String> addresses = new HashMap<>();
  private final IntSupplier peers;

  /**
   * Begins without any.
   *
   * @param peers how many nodes are to be followed
   */
  public Meeting(IntSupplier peers) {
    this.peers = peers;
  }

  /** True if more than two nodes meet. */
  boolean isWithMany() {
    return peers.getAsInt() > 1;
  }

  /**
   * Says that a link follows a node: two links to one would apply its increments twice.
   *
   * @return the address by which another link follows it already; null if there is none
   */
  public synchronized String follow(String node, String address) {
    String other = addresses.putIfAbsent(node, address);
    return address.equals(other) ? null : other;
  }

  /** The link does not follow the node any more. */
  public synchronized void leave(String node, String address) {
    addresses.remove(node, address);
  }

  void acquire() throws InterruptedException {
    turn.acquire();
  }

  void release() {
    turn.release();
  }
}

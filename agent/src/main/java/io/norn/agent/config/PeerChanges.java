package io.norn.agent.config;

import io.norn.net.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was changed at run time against the configured peers.
 *
 * @param added followed though not configured, in order
 * @param removed not followed though configured
 * @param paused of which nothing is read for now
 */
record PeerChanges(List<Address> added, List<Address> removed, List<Address> paused) {
  static final PeerChanges NONE = new PeerChanges(List.of(), List.of(), List.of());

  PeerChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    paused = List.copyOf(paused);
  }

  /** The peers to follow. */
  List<Address> applyTo(List<Address> configured) {
    Set<Address> peers = new LinkedHashSet<>(configured);
    peers.removeAll(removed);
    peers.addAll(added);
    return List.copyOf(peers);
  }

  /**
   * Without what the configuration says itself. Who takes a removed peer out of the configuration
   * and later puts it in again means it.
   */
  PeerChanges against(List<Address> configured) {
    List<Address> stillAdded = added.stream().filter(peer -> !configured.contains(peer)).toList();
    List<Address> stillRemoved = removed.stream().filter(configured::contains).toList();
    List<Address> followed =
        new PeerChanges(stillAdded, stillRemoved, List.of()).applyTo(configured);
    List<Address> stillPaused = paused.stream().filter(followed::contains).toList();
    return new PeerChanges(stillAdded, stillRemoved, stillPaused);
  }

  PeerChanges adding(Address peer) {
    return new PeerChanges(with(added, peer), without(removed, peer), paused);
  }

  PeerChanges removing(Address peer) {
    return new PeerChanges(without(added, peer), with(removed, peer), without(paused, peer));
  }

  PeerChanges pausing(Address peer) {
    return new PeerChanges(added, removed, with(paused, peer));
  }

  PeerChanges resuming(Address peer) {
    return new PeerChanges(added, removed, without(paused, peer));
  }

  private static List<Address> with(List<Address> peers, Address peer) {
    List<Address> more = new ArrayList<>(without(peers, peer));
    more.add(peer);
    return more;
  }

  private static List<Address> without(List<Address> peers, Address peer) {
    return peers.stream().filter(other -> !other.equals(peer)).toList();
  }
}

package io.norn.agent;

import io.norn.agent.join.Contested;
import io.norn.agent.link.PeerContext;
import io.norn.agent.link.PeerLink;
import io.norn.agent.part.LinkState;
import io.norn.net.Address;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links to all peers. May be used by any thread; who only looks never waits for a link that is
 * being opened or closed.
 */
final class Peers implements Closeable, Contested.Peers {
  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

  private final Wanted wanted;
  private final Contexts contexts;
  private final Object changing = new Object();
  private final Map<Address, PeerLink> links = new LinkedHashMap<>();
  private final Map<Address, String> failures = new LinkedHashMap<>();
  private boolean following;

  /** Whom to follow, now and later. */
  @FunctionalInterface
  interface Wanted {
    List<Address> peers();

    /** True if nothing of the peer is to be read for now. */
    default boolean isPaused(Address peer) {
      return false;
    }
  }

  /** What links come from, and what becomes of them. */
  interface Contexts {
    /** What a link works with. */
    PeerContext of(Address peer) throws IOException;

    /**
     * A peer is no longer followed, and its link is closed.
     *
     * @param node its id, empty if it was never known
     */
    void left(Address peer, String node) throws IOException;
  }

  /**
   * Without links yet.
   *
   * @param wanted the peers to follow, now and later
   */
  Peers(Wanted wanted, Contexts contexts) {
    this.wanted = wanted;
    this.contexts = contexts;
  }

  /**
   * Opens what is on disk of all peers, and reads on in it. The window cannot be built without, so
   * no peer may be missing here.
   */
  void resume() throws IOException {
    synchronized (changing) {
      for (Address peer : wanted.peers()) {
        open(peer);
      }
    }
  }

  void start() {
    synchronized (changing) {
      following = true;
      pauseAsWanted();
      all().values().forEach(PeerLink::start);
    }
  }

  /**
   * Follows the peers that are wanted now, and no others. A peer that cannot be followed is tried
   * again at the next call.
   */
  void followWanted() {
    synchronized (changing) {
      if (following) {
        List<Address> now = wanted.peers();
        all().keySet().stream().filter(peer -> !now.contains(peer)).forEach(this::leave);
        now.stream().filter(peer -> !all().containsKey(peer)).forEach(this::tryToFollow);
        pauseAsWanted();
        synchronized (links) {
          failures.keySet().retainAll(now);
        }
      }
    }
  }

  private void pauseAsWanted() {
    all()
        .forEach(
            (peer, link) -> {
              if (wanted.isPaused(peer)) {
                link.pause();
              } else {
                link.unpause();
              }
            });
  }

  private void open(Address peer) throws IOException {
    PeerLink link = new PeerLink(contexts.of(peer));
    try {
      link.resume();
    } catch (IOException | RuntimeException e) {
      link.close();
      throw e;
    }
    synchronized (links) {
      links.put(peer, link);
      failures.remove(peer);
    }
  }

  private void tryToFollow(Address peer) {
    try {
      open(peer);
      all().get(peer).start();
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      synchronized (links) {
        if (!reason.equals(failures.put(peer, reason))) {
          LOG.error("Peer {} cannot be followed yet: {}", peer, reason);
        }
      }
    }
  }

  private void leave(Address peer) {
    PeerLink link;
    synchronized (links) {
      link = links.remove(peer);
    }
    link.close();
    try {
      contexts.left(peer, link.node());
    } catch (IOException e) {
      LOG.error("What is kept of peer {} cannot be removed: {}", peer, e.getMessage());
    }
  }

  Map<Address, PeerLink> all() {
    synchronized (links) {
      return new LinkedHashMap<>(links);
    }
  }

  @Override
  public boolean isAnyMerging() {
    return all().values().stream().anyMatch(link -> link.status().state() == LinkState.MERGING);
  }

  @Override
  public boolean areAllMet() {
    return failures().isEmpty() && all().values().stream().allMatch(PeerLink::isMet);
  }

  /** Peers that cannot be followed, and why. */
  Map<Address, String> failures() {
    synchronized (links) {
      return new LinkedHashMap<>(failures);
    }
  }

  /** Node ids of the peers, {@code ?} for those that were never reached. */
  List<String> nodes() {
    List<String> nodes = new ArrayList<>();
    all().values().forEach(link -> nodes.add(link.node().isEmpty() ? "?" : link.node()));
    failures().forEach((peer, reason) -> nodes.add("?"));
    return nodes;
  }

  @Override
  public void close() {
    synchronized (changing) {
      following = false;
      Closing.together(all().values());
      synchronized (links) {
        links.clear();
      }
    }
  }
}

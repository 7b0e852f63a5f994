package io.norn.agent;

import io.norn.agent.link.PeerContext;
import io.norn.agent.link.PeerLink;
import io.norn.net.Address;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The links to all peers. May be used by any thread. */
final class Peers implements Closeable {
  private final Map<Address, PeerLink> links = new LinkedHashMap<>();
  private final ContextFactory contexts;

  /** Makes what a link works with. */
  @FunctionalInterface
  interface ContextFactory {
    PeerContext context(Address peer) throws IOException;
  }

  Peers(ContextFactory contexts) {
    this.contexts = contexts;
  }

  /** Opens what is on disk of a peer, and reads on in it. */
  synchronized void add(Address peer) throws IOException {
    if (!links.containsKey(peer)) {
      PeerLink link = new PeerLink(contexts.context(peer));
      links.put(peer, link);
      link.resume();
    }
  }

  synchronized void start(Address peer) {
    links.get(peer).start();
  }

  /**
   * Stops a link; gives the node id of the peer, empty if it was never known, null if there is no
   * such link.
   */
  synchronized String remove(Address peer) {
    PeerLink link = links.remove(peer);
    if (link == null) {
      return null;
    }
    link.close();
    return link.node();
  }

  synchronized Map<Address, PeerLink> all() {
    return new LinkedHashMap<>(links);
  }

  /** Node ids of the peers, {@code ?} for those that were never reached. */
  synchronized List<String> nodes() {
    List<String> nodes = new ArrayList<>();
    links.values().forEach(link -> nodes.add(link.node().isEmpty() ? "?" : link.node()));
    return nodes;
  }

  @Override
  public synchronized void close() {
    links.values().forEach(PeerLink::close);
    links.clear();
  }
}

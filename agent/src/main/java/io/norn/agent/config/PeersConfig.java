package io.norn.agent.config;

import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.net.TlsSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The peers, and how to authenticate at any peer, also one that is added at run time.
 *
 * @param addresses peers of the configuration, in order, none twice
 * @param credentials for peers without their own
 * @param overrides credentials of single peers
 * @param tls for links to all peers; empty for plain TCP
 */
public record PeersConfig(
    List<Address> addresses,
    Credentials credentials,
    Map<Address, Credentials> overrides,
    Optional<TlsSettings> tls) {

  public PeersConfig {
    addresses = List.copyOf(addresses);
    overrides = Map.copyOf(overrides);
  }

  /** How to connect to the primary of a peer. */
  public Endpoint endpoint(Address peer) {
    return new Endpoint(peer, overrides.getOrDefault(peer, credentials), tls);
  }
}

package io.norn.net;

import java.util.Optional;

/**
 * Everything needed to open a connection to one server.
 *
 * @param address where it listens
 * @param credentials what to authenticate with
 * @param tls TLS, or empty for plain TCP
 */
public record Endpoint(Address address, Credentials credentials, Optional<TlsSettings> tls) {

  /** Plain TCP without a password. */
  public static Endpoint plain(String host, int port) {
    return new Endpoint(new Address(host, port), Credentials.NONE, Optional.empty());
  }

  @Override
  public String toString() {
    return address.toString();
  }
}

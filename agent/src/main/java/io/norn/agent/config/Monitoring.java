package io.norn.agent.config;

import java.util.List;
import java.util.Optional;

/**
 * The port that shows metrics and the status page over HTTP.
 *
 * @param port 0 for none
 * @param bind addresses to listen on, as for {@link Listen}
 * @param readyMaxLagMillis how far behind a peer this node may be and still be called ready
 * @param tls HTTPS instead of HTTP
 */
public record Monitoring(
    int port, List<String> bind, long readyMaxLagMillis, Optional<PortTls> tls) {

  public Monitoring {
    bind = List.copyOf(bind);
  }
}

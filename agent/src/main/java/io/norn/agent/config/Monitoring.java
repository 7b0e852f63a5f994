package io.norn.agent.config;

import java.util.List;

/**
 * The port that shows metrics and the status page over HTTP.
 *
 * @param port 0 for none
 * @param bind addresses to listen on, as for {@link Listen}
 * @param readyMaxLagMillis how far behind a peer this node may be and still be called ready
 */
public record Monitoring(int port, List<String> bind, long readyMaxLagMillis) {

  public Monitoring {
    bind = List.copyOf(bind);
  }
}

package io.norn.agent;

import io.norn.agent.config.ConfigException;
import io.norn.agent.config.LiveConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the configuration of a running agent, and lets the changes take effect. */
final class Reconfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(Reconfiguration.class);

  private final LiveConfig live;
  private final Runnable renewLinks;
  private final Certificates certificates;

  /** Those of the agent's own ports. */
  interface Certificates {
    void renew() throws IOException;
  }

  /**
   * Prepares it.
   *
   * @param renewLinks makes all links anew
   * @param certificates are read again when they may have changed
   */
  Reconfiguration(LiveConfig live, Runnable renewLinks, Certificates certificates) {
    this.live = live;
    this.renewLinks = renewLinks;
    this.certificates = certificates;
  }

  /** As {@code CONFIG SET}. */
  void set(Map<String, String> values) {
    try {
      Set<String> names = live.set(values);
      takeEffect(names);
      if (names.stream().anyMatch(name -> name.startsWith("tls-"))) {
        renewCertificates();
      }
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Reads the configuration, and the files it names, again. */
  void reload() {
    try {
      Set<String> names = live.reload();
      LOG.info(
          "Configuration read again; {}",
          names.isEmpty()
              ? "nothing has changed but, perhaps, certificates"
              : "changed: " + String.join(", ", names));
      takeEffect(names);
      renewCertificates();
    } catch (ConfigException e) {
      LOG.error("The configuration was not read again: {}", e.getMessage());
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void renewCertificates() {
    try {
      certificates.renew();
    } catch (IOException e) {
      LOG.error("The own ports keep the certificates that they had: {}", e.getMessage());
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  void rewrite() {
    try {
      live.rewrite();
      LOG.info("Configuration written");
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void takeEffect(Set<String> names) {
    if (names.contains("loglevel")) {
      LogWatch.level(live.current().logLevel().name());
    }
    if (LiveConfig.concernsLinks(names)) {
      LOG.info("Making all links anew for: {}", String.join(", ", names));
      renewLinks.run();
    }
  }
}

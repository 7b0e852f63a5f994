package io.norn.agent;

import io.norn.agent.config.ConfigException;
import io.norn.agent.config.LiveConfig;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the configuration of a running agent, and lets the changes take effect. */
final class Reconfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(Reconfiguration.class);

  private final LiveConfig live;
  private final Runnable renewLinks;

  /**
   * Prepares it.
   *
   * @param renewLinks makes all links anew
   */
  Reconfiguration(LiveConfig live, Runnable renewLinks) {
    this.live = live;
    this.renewLinks = renewLinks;
  }

  /** As {@code CONFIG SET}. */
  void set(Map<String, String> values) {
    try {
      takeEffect(live.set(values));
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
              ? "nothing has changed, certificates are read at each connection"
              : "changed: " + String.join(", ", names));
      takeEffect(names);
    } catch (ConfigException e) {
      LOG.error("The configuration was not read again: {}", e.getMessage());
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

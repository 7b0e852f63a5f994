package io.norn.agent.http;

import io.norn.agent.config.Monitoring;
import io.norn.agent.control.Authenticator;
import io.norn.agent.metrics.Exposition;
import io.norn.agent.metrics.Readiness;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The pages that an agent shows. */
public final class StatusPages {
  private final View view;
  private final LongSupplier maxLagMillis;

  /** What there is to show. May be asked by any thread. */
  public interface View {
    /** The sections of {@code STATUS}. */
    Map<String, Map<String, String>> status();

    /** Version of the agent. */
    String version();
  }

  private StatusPages(View view, LongSupplier maxLagMillis) {
    this.view = view;
    this.maxLagMillis = maxLagMillis;
  }

  /**
   * Listens and shows them.
   *
   * @param maxLagMillis how far behind a peer the node may be to be ready
   * @param isProtected whether other hosts are refused while there is no password
   * @throws IOException if an address cannot be used; one line for users
   */
  public static HttpPort open(
      Monitoring monitoring,
      Authenticator authenticator,
      BooleanSupplier isProtected,
      LongSupplier maxLagMillis,
      View view)
      throws IOException {
    StatusPages pages = new StatusPages(view, maxLagMillis);
    return HttpPort.open(
        monitoring.bind(),
        monitoring.port(),
        new Admission(authenticator, isProtected),
        pages.all());
  }

  private Map<String, Page.Source> all() {
    Map<String, Page.Source> pages = new LinkedHashMap<>();
    pages.put("/metrics", this::metrics);
    pages.put("/health", StatusPages::health);
    pages.put("/ready", this::ready);
    return pages;
  }

  private Page metrics() {
    byte[] text = Exposition.of(view.status(), view.version());
    return new Page(Page.OK, Exposition.CONTENT_TYPE, text);
  }

  /** The agent lives; that its server does not is no reason to start the agent again. */
  private static Page health() {
    return Page.text(Page.OK, "alive");
  }

  private Page ready() {
    List<String> obstacles = Readiness.obstacles(view.status(), maxLagMillis.getAsLong());
    return obstacles.isEmpty()
        ? Page.text(Page.OK, "ready")
        : Page.text(Page.UNAVAILABLE, String.join("\n", obstacles));
  }
}

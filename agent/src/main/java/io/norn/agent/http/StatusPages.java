package io.norn.agent.http;

import io.norn.agent.config.Monitoring;
import io.norn.agent.conflict.Conflict;
import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.control.Authenticator;
import io.norn.agent.metrics.Exposition;
import io.norn.agent.metrics.History;
import io.norn.agent.metrics.Readiness;
import io.norn.agent.part.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The pages that an agent shows. */
public final class StatusPages {
  private static final int MAX_CONFLICTS = 20;

  private final View view;
  private final LongSupplier maxLagMillis;

  /** What there is to show. May be asked by any thread. */
  public interface View {
    /** The sections of {@code STATUS}. */
    Map<String, Map<String, String>> status();

    /** The last minutes. */
    History history();

    /** The latest decisions. */
    ConflictLog conflicts();

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
    return HttpPort.open(monitoring, new Admission(authenticator, isProtected), pages.all());
  }

  private Map<String, Page.Source> all() {
    Map<String, Page.Source> pages = new LinkedHashMap<>();
    byte[] page = resource("status.html");
    pages.put("/", () -> new Page(Page.OK, "text/html; charset=utf-8", page));
    pages.put("/view.json", this::view);
    pages.put("/metrics", this::metrics);
    pages.put("/health", StatusPages::health);
    pages.put("/ready", this::ready);
    return pages;
  }

  private static byte[] resource(String name) {
    try (InputStream in = StatusPages.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that the page shows, as it is now. */
  private Page view() {
    Map<String, Object> all = new LinkedHashMap<>();
    Map<String, Map<String, String>> status = view.status();
    all.put("version", view.version());
    all.put("status", status);
    all.put("obstacles", Readiness.obstacles(status, maxLagMillis.getAsLong()));
    all.put("history", history());
    all.put("conflicts", view.conflicts().latest(MAX_CONFLICTS).stream().map(this::shown).toList());
    return Page.json(Json.of(all));
  }

  private Map<String, Object> history() {
    Map<String, Object> history = new LinkedHashMap<>();
    view.history()
        .points()
        .forEach(
            (peer, points) ->
                history.put(
                    peer,
                    points.stream()
                        .map(point -> List.of(point.atMillis(), point.lagMillis()))
                        .toList()));
    return history;
  }

  /** Without the commands, which hold values: those need the right to change the agent. */
  private Map<String, Object> shown(Conflict conflict) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("at_millis", conflict.atMillis());
    shown.put("db", conflict.db());
    shown.put("key", conflict.key());
    shown.put("rule", conflict.rule().label());
    shown.put("winner", conflict.winner().stamp().origin().node());
    shown.put("loser", conflict.loser().stamp().origin().node());
    return shown;
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

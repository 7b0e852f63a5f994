package io.norn.agent.metrics;

import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.part.LinkState;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes the status as Prometheus reads it. */
public final class Exposition {
  /** What the text is, for the reader of it. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final Map<String, Map<String, String>> status;
  private final List<MetricSnapshot> snapshots = new ArrayList<>();

  private Exposition(Map<String, Map<String, String>> status) {
    this.status = status;
  }

  /** The text of all metrics. */
  public static byte[] of(Map<String, Map<String, String>> status, String version) {
    Exposition exposition = new Exposition(status);
    exposition.info(version);
    exposition.numbers();
    exposition.conflicts();
    exposition.links();
    return exposition.text();
  }

  private byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.builder()
          .setIncludeCreatedTimestamps(false)
          .build()
          .write(out, new MetricSnapshots(snapshots), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private Map<String, String> section(String name) {
    return status.getOrDefault(name, Map.of());
  }

  private void info(String version) {
    Labels labels =
        Labels.of(
            "version", version,
            "node_id", section("Node").getOrDefault("node_id", ""),
            "local", section("Node").getOrDefault("local", ""),
            "server_version", section("Local").getOrDefault("version", ""));
    snapshots.add(
        InfoSnapshot.builder()
            .name("norn_agent")
            .help("Which agent this is, beside which server.")
            .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels).build())
            .build());
  }

  private void numbers() {
    for (Metric metric : MetricTable.OF_NODE) {
      Points points = new Points();
      points.add(metric, section(metric.section()), Labels.EMPTY);
      points.addTo(metric);
    }
    for (Metric metric : MetricTable.OF_PEERS) {
      Points points = new Points();
      Sections.peers(status)
          .forEach((address, fields) -> points.add(metric, fields, labels(address, fields)));
      points.addTo(metric);
    }
  }

  private void conflicts() {
    CounterSnapshot.Builder byRule =
        CounterSnapshot.builder().name("norn_conflicts_by_rule").help("Decisions by rule.");
    CounterSnapshot.Builder byType =
        CounterSnapshot.builder().name("norn_conflicts_by_type").help("Decisions by type.");
    Map<String, String> counted = new LinkedHashMap<>(section("Conflicts"));
    counted.keySet().removeIf(name -> name.equals("conflicts") || name.endsWith("_per_second"));
    counted.forEach(
        (name, count) -> {
          boolean isType = name.startsWith(ConflictLog.TYPE_PREFIX);
          Labels labels =
              isType
                  ? Labels.of("type", name.substring(ConflictLog.TYPE_PREFIX.length()))
                  : Labels.of("rule", name);
          (isType ? byType : byRule)
              .dataPoint(
                  CounterDataPointSnapshot.builder()
                      .labels(labels)
                      .value(Double.parseDouble(count))
                      .build());
        });
    snapshots.add(byRule.build());
    snapshots.add(byType.build());
  }

  private static Labels labels(String address, Map<String, String> fields) {
    return Labels.of("peer", address, "peer_node", fields.getOrDefault("node_id", ""));
  }

  private void links() {
    GaugeSnapshot.Builder up =
        GaugeSnapshot.builder().name("norn_peer_up").help("1 if the link to the peer works.");
    GaugeSnapshot.Builder states =
        GaugeSnapshot.builder().name("norn_peer_state").help("1 for the state of the link.");
    Sections.peers(status)
        .forEach(
            (address, fields) -> {
              up.dataPoint(point(labels(address, fields), isUp(fields)));
              states(states, labels(address, fields), fields.getOrDefault("state", ""));
            });
    snapshots.add(up.build());
    snapshots.add(states.build());
    gauge("norn_local_up", "1 if the link to the own server works.", isUp(section("Local")));
    String obstacle = section("Apply").getOrDefault("apply_obstacle", "");
    gauge(
        "norn_apply_blocked",
        "1 while the own server refuses what peers wrote.",
        obstacle.isEmpty() ? 0 : 1);
  }

  private void gauge(String name, String help, double value) {
    snapshots.add(
        GaugeSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(point(Labels.EMPTY, value))
            .build());
  }

  private static void states(GaugeSnapshot.Builder states, Labels peer, String current) {
    for (LinkState state : LinkState.values()) {
      double value = state.label().equals(current) ? 1 : 0;
      states.dataPoint(point(peer.add("state", state.label()), value));
    }
  }

  private static double isUp(Map<String, String> fields) {
    return "up".equals(fields.get("link")) ? 1 : 0;
  }

  private static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  /** The values of one metric. */
  private final class Points {
    private final List<GaugeDataPointSnapshot> gauges = new ArrayList<>();
    private final List<CounterDataPointSnapshot> counters = new ArrayList<>();

    void add(Metric metric, Map<String, String> fields, Labels labels) {
      OptionalDouble value = Sections.number(fields, metric.field());
      if (value.isEmpty()) {
        return;
      }
      double number = value.getAsDouble() / metric.divisor();
      if (metric.kind() == Metric.Kind.GAUGE) {
        gauges.add(point(labels, number));
      } else {
        counters.add(
            CounterDataPointSnapshot.builder().labels(labels).value(Math.max(0, number)).build());
      }
    }

    void addTo(Metric metric) {
      if (!gauges.isEmpty()) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder();
        builder.name(metric.name()).help(metric.help());
        gauges.forEach(builder::dataPoint);
        snapshots.add(builder.build());
      }
      if (!counters.isEmpty()) {
        CounterSnapshot.Builder builder = CounterSnapshot.builder();
        builder.name(metric.name()).help(metric.help());
        counters.forEach(builder::dataPoint);
        snapshots.add(builder.build());
      }
    }
  }
}

package io.norn.agent.metrics;

/**
 * One number of the status as a metric.
 *
 * @param section of the status; {@code Peer} for the section of each peer
 * @param field in that section
 * @param kind whether it only counts up
 * @param name without the ending that the format wants
 * @param help one sentence
 * @param unit what one of the field's units is in base units
 */
record Metric(String section, String field, Kind kind, String name, String help, double unit) {
  static final String PEER = "Peer";
  private static final double MILLI = 1e-3;

  /** How it behaves. */
  enum Kind {
    GAUGE,
    COUNTER
  }

  static Metric gauge(String section, String field, String name, String help) {
    return new Metric(section, field, Kind.GAUGE, name, help, unit(field));
  }

  static Metric counter(String section, String field, String name, String help) {
    return new Metric(section, field, Kind.COUNTER, name, help, unit(field));
  }

  /** Prometheus wants seconds. */
  private static double unit(String field) {
    return field.endsWith("_millis") ? MILLI : 1;
  }

  boolean isOfPeers() {
    return section.equals(PEER);
  }
}

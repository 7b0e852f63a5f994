package io.norn.agent.metrics;

/**
 * One number of the status as a metric.
 *
 * @param section of the status; {@code Peer} for the section of each peer
 * @param field in that section
 * @param kind whether it only counts up
 * @param name without the ending that the format wants
 * @param help one sentence
 * @param divisor of the field's value, for base units
 */
record Metric(String section, String field, Kind kind, String name, String help, double divisor) {
  static final String PEER = "Peer";
  private static final double MILLIS = 1000;

  /** How it behaves. */
  enum Kind {
    GAUGE,
    COUNTER
  }

  static Metric gauge(String section, String field, String name, String help) {
    return new Metric(section, field, Kind.GAUGE, name, help, divisor(field));
  }

  static Metric counter(String section, String field, String name, String help) {
    return new Metric(section, field, Kind.COUNTER, name, help, divisor(field));
  }

  /** Prometheus wants seconds. */
  private static double divisor(String field) {
    return field.endsWith("_millis") ? MILLIS : 1;
  }

  boolean isOfPeers() {
    return section.equals(PEER);
  }
}

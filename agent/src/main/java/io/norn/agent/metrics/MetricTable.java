package io.norn.agent.metrics;

import static io.norn.agent.metrics.Metric.PEER;
import static io.norn.agent.metrics.Metric.counter;
import static io.norn.agent.metrics.Metric.gauge;

import java.util.List;

/** All metrics that are numbers of the status. */
final class MetricTable {
  private static final String LOCAL = "Local";
  private static final String APPLY = "Apply";
  private static final String PROCESS = "Process";

  static final List<Metric> OF_PEERS =
      List.of(
          gauge(
              PEER,
              "lag_millis",
              "norn_peer_lag_seconds",
              "Age of the oldest change of the peer that is not applied here; of a link that is"
                  + " down, time since the last sign of life."),
          gauge(PEER, "lag_bytes", "norn_peer_lag_bytes", "Bytes of the peer not applied yet."),
          counter(PEER, "received_bytes", "norn_peer_received_bytes", "Bytes of its stream."),
          counter(PEER, "received_commands", "norn_peer_received_commands", "Commands decoded."),
          gauge(
              PEER,
              "heartbeat_age_millis",
              "norn_peer_heartbeat_age_seconds",
              "Since the last sign of life of the peer's agent."),
          gauge(
              PEER,
              "clock_ahead_millis",
              "norn_peer_clock_ahead_seconds",
              "How far the peer's clock is ahead of ours."),
          gauge(PEER, "journal_bytes", "norn_peer_journal_bytes", "Size of the inbound journal."),
          gauge(
              PEER,
              "journal_age_millis",
              "norn_peer_journal_age_seconds",
              "How far back the inbound journal reaches."));

  static final List<Metric> OF_NODE =
      List.of(
          counter(LOCAL, "received_bytes", "norn_local_stream_bytes", "Bytes of the own stream."),
          counter(
              LOCAL, "received_commands", "norn_local_stream_commands", "Commands of the own one."),
          gauge(LOCAL, "journal_bytes", "norn_local_journal_bytes", "Size of the own journal."),
          gauge(
              LOCAL,
              "journal_age_millis",
              "norn_local_journal_age_seconds",
              "How far back the own journal reaches."),
          counter(APPLY, "applied_units", "norn_applied_changes", "Changes of peers executed."),
          counter(APPLY, "applied_batches", "norn_applied_batches", "Transactions executed."),
          counter(
              APPLY,
              "aborted_batches",
              "norn_exec_retries",
              "Transactions decided again, because a client wrote to the same keys."),
          counter(
              APPLY,
              "dominated_operations",
              "norn_skipped_operations",
              "Operations not executed, because something newer was there."),
          counter(APPLY, "verbatim_commands", "norn_verbatim_commands", "Passed on unmerged."),
          counter(
              APPLY,
              "published_states",
              "norn_published_states",
              "Keys of which this node published the state, so that all become equal."),
          counter(
              APPLY,
              "impossible_increments",
              "norn_impossible_increments",
              "Increments of a value that is no number here."),
          counter(APPLY, "failed_commands", "norn_failed_commands", "Refused by the server."),
          gauge("Window", "window_keys", "norn_window_keys", "Keys that are remembered."),
          gauge("Window", "window_entries", "norn_window_entries", "Operations remembered."),
          counter("Conflicts", "conflicts", "norn_conflicts", "Decisions between two sides."),
          counter("Conflicts", "redone", "norn_redone_operations", "Executed again behind others."),
          counter("Log", "errors", "norn_log_errors", "Lines logged as errors."),
          counter("Log", "warnings", "norn_log_warnings", "Lines logged as warnings."),
          gauge(PROCESS, "uptime_millis", "norn_uptime_seconds", "Since the agent started."),
          counter(PROCESS, "cpu_millis", "norn_cpu_seconds", "Processor time of the agent."),
          counter(PROCESS, "gc_millis", "norn_gc_seconds", "Time spent collecting garbage."),
          gauge(PROCESS, "heap_used_bytes", "norn_heap_used_bytes", "Heap in use."),
          gauge(PROCESS, "heap_max_bytes", "norn_heap_max_bytes", "Heap at most."),
          gauge(PROCESS, "threads", "norn_threads", "Threads of the agent."),
          gauge(PROCESS, "disk_free_bytes", "norn_disk_free_bytes", "Free where journals are."));

  private MetricTable() {}
}

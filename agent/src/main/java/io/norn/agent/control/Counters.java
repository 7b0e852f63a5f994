package io.norn.agent.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what clients did wrong, instead of a log line for each. */
final class Counters {
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong protocolErrors = new AtomicLong();
  private final AtomicLong authFailures = new AtomicLong();

  void rejected() {
    rejected.incrementAndGet();
  }

  void protocolError() {
    protocolErrors.incrementAndGet();
  }

  void authFailed() {
    authFailures.incrementAndGet();
  }

  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("rejected_connections", rejected.toString());
    fields.put("protocol_errors", protocolErrors.toString());
    fields.put("auth_failures", authFailures.toString());
    return fields;
  }
}

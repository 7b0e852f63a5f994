package io.norn.agent.control;

import java.util.ArrayList;
import java.util.List;

/** The requests between {@code MULTI} and {@code EXEC}. */
final class Transaction {
  private static final int MAX_REQUESTS = 128;
  private static final int MAX_BYTES = 1 << 20;

  private final List<Request> requests = new ArrayList<>();
  private int bytes;
  private boolean failed;

  /** False if there is no room for it. */
  boolean add(Request request) {
    if (requests.size() == MAX_REQUESTS || bytes + request.bytes() > MAX_BYTES) {
      return false;
    }
    bytes += request.bytes();
    return requests.add(request);
  }

  List<Request> requests() {
    return requests;
  }

  /** A request was wrong: none may be executed. */
  void fail() {
    failed = true;
  }

  boolean hasFailed() {
    return failed;
  }
}

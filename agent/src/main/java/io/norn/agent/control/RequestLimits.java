package io.norn.agent.control;

/**
 * How large a request may be; small for clients that have not shown who they are.
 *
 * @param maxWords name and arguments
 * @param maxWordBytes one of them
 * @param maxBytes all of them, and an inline request
 */
record RequestLimits(int maxWords, int maxWordBytes, int maxBytes) {
  static final RequestLimits UNKNOWN_CLIENT = new RequestLimits(10, 4 << 10, 16 << 10);
  static final RequestLimits KNOWN_CLIENT = new RequestLimits(1_024, 64 << 10, 256 << 10);

  static RequestLimits of(Access access) {
    return access == Access.NONE ? UNKNOWN_CLIENT : KNOWN_CLIENT;
  }
}

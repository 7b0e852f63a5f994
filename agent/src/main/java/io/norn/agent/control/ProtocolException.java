package io.norn.agent.control;

import java.io.IOException;

/** What a client sent is no request, or one too large; the stream cannot be read any further. */
final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super("Protocol error: " + message);
  }
}

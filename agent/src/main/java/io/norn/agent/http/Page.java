package io.norn.agent.http;

import java.nio.charset.StandardCharsets;

/**
 * One answer.
 *
 * @param status of HTTP
 * @param contentType what the body is
 * @param body the bytes, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // On its way to a socket; nobody compares two of them.
record Page(int status, String contentType, byte[] body) {
  static final int OK = 200;
  static final int UNAVAILABLE = 503;

  /** Makes an answer when it is asked for. */
  interface Source {
    Page get();
  }

  static Page text(int status, String text) {
    return new Page(
        status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Page json(String text) {
    return new Page(OK, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }
}

package io.norn.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * Shows pictures one after the other on the terminal's second screen, so that the first is as it
 * was afterwards. Each picture is written over the one before, line by line: nothing flickers.
 */
final class LiveScreen implements AutoCloseable {
  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private boolean closed;

  /** Takes the screen, until it is closed or the program ends. */
  LiveScreen(PrintWriter out) {
    this.out = out;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "screen"));
    out.print(ENTER);
  }

  /** Shows a picture that fits. */
  synchronized void show(List<String> lines) {
    if (!closed) {
      out.print(frame(lines));
      out.flush();
    }
  }

  /** What is written for a picture: no line break behind the last line, which would scroll. */
  static String frame(List<String> lines) {
    StringBuilder frame = new StringBuilder(HOME);
    for (int i = 0; i < lines.size(); i++) {
      frame.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(CLEAR_TO_END_OF_LINE);
    }
    return frame.append(CLEAR_BELOW).toString();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      out.print(LEAVE);
      out.flush();
    }
  }
}

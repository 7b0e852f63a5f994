package io.norn.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What there is to know of the place where the output goes. */
final class Terminal {
  private static final Size USUAL = new Size(80, 24);
  private static final long ANSWER_MILLIS = 500;

  private Terminal() {}

  /**
   * How much fits.
   *
   * @param columns of characters
   * @param rows of lines
   */
  record Size(int columns, int rows) {}

  /** The launcher says so, because Java cannot tell for standard output alone. */
  static boolean isTerminal() {
    return "yes".equals(System.getProperty("norn.terminal"));
  }

  /** Asked anew each time: people change it. Java cannot tell, but the shell's own tool can. */
  static Size size() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size </dev/tty")
              .redirectError(Redirect.DISCARD)
              .start();
      boolean ended = stty.waitFor(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
      if (!ended) {
        stty.destroyForcibly();
        return USUAL;
      }
      return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  /** One line of standard input, empty at its end. */
  static String readLine() throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
    return line == null ? "" : line;
  }

  /** From {@code rows columns}. */
  static Size parse(String text) {
    String stripped = text.strip();
    if (!stripped.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")) {
      return USUAL;
    }
    String[] words = stripped.split(" ", 2);
    return new Size(Integer.parseInt(words[1]), Integer.parseInt(words[0]));
  }
}

package io.norn.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kills child processes that would outlive this JVM: a shutdown hook when it ends, and a small
 * shell that notices the end of its input when the JVM itself was killed.
 */
public final class Leftovers {
  /**
   * Reads {@code + PID} and {@code - PID}; at the end of its input kills what is left. Signals that
   * a terminal sends to the whole group must not end it first.
   */
  private static final String WATCHDOG =
      """
      trap '' INT TERM HUP
      pids=' '
      while read -r sign pid; do
        case $sign in
          +) pids="$pids$pid " ;;
          -) pids="${pids%%" $pid "*} ${pids#*" $pid "}" ;;
        esac
      done
      kill -9 $pids
      """;

  private static final Set<Process> CHILDREN = ConcurrentHashMap.newKeySet();
  private static OutputStream watchdogInput;

  private Leftovers() {}

  /** From now on the process ends with this JVM at the latest. */
  public static void watch(Process child) throws IOException {
    synchronized (CHILDREN) {
      if (watchdogInput == null) {
        watchdogInput = startWatchdog();
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::killAll, "norn-leftovers"));
      }
      CHILDREN.add(child);
      tellWatchdog("+", child);
    }
  }

  /** For a process that has ended, so that nobody else is killed should its id be used again. */
  public static void forget(Process child) throws IOException {
    synchronized (CHILDREN) {
      if (CHILDREN.remove(child)) {
        tellWatchdog("-", child);
      }
    }
  }

  private static OutputStream startWatchdog() throws IOException {
    return new ProcessBuilder("sh", "-c", WATCHDOG)
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start()
        .getOutputStream();
  }

  private static void tellWatchdog(String sign, Process child) throws IOException {
    String line = sign + " " + child.pid() + "\n";
    watchdogInput.write(line.getBytes(StandardCharsets.US_ASCII));
    watchdogInput.flush();
  }

  private static void killAll() {
    CHILDREN.forEach(Process::destroyForcibly);
  }
}

package io.norn.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process uses, as far as the platform tells. */
public final class ProcessUsage {
  private static final Pattern RSS_KIB = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Pattern PEAK_RSS_KIB = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  private ProcessUsage() {}

  /** Resident memory from {@code /proc/PID/status}; empty where there is none, or no process. */
  public static OptionalLong rssBytes(long pid) {
    return kibibytes(pid, RSS_KIB);
  }

  /** The most resident memory it ever had, as {@link #rssBytes}. */
  public static OptionalLong peakRssBytes(long pid) {
    return kibibytes(pid, PEAK_RSS_KIB);
  }

  /** Processor time of all its threads so far, in steps of 10 ms on Linux; empty if unknown. */
  public static OptionalLong cpuMillis(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toMillis)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static OptionalLong kibibytes(long pid, Pattern field) {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
      Matcher matcher = field.matcher(status);
      return matcher.find()
          ? OptionalLong.of(Long.parseLong(matcher.group(1)) * 1024)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}

package io.norn.examples.mesh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a process has used of the machine so far.
 *
 * @param cpu time on processors since its start
 * @param residentBytes memory it holds now; empty where there is no {@code /proc}
 * @param peakBytes the most it ever held; empty where there is no {@code /proc}
 */
public record ProcessUsage(Duration cpu, OptionalLong residentBytes, OptionalLong peakBytes) {

  /** Looks at a running process. */
  public static ProcessUsage of(long pid) throws IOException {
    Duration cpu =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .orElse(Duration.ZERO);
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isReadable(status)) {
      return new ProcessUsage(cpu, OptionalLong.empty(), OptionalLong.empty());
    }
    List<String> lines = Files.readAllLines(status);
    return new ProcessUsage(cpu, bytes(lines, "VmRSS:"), bytes(lines, "VmHWM:"));
  }

  private static OptionalLong bytes(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst();
  }
}

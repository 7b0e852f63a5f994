package io.norn.agent;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a running agent uses of its host. */
final class ProcessReport {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Path directory;

  ProcessReport(Path directory) {
    this.directory = directory;
  }

  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    put(fields, "uptime_millis", ManagementFactory.getRuntimeMXBean().getUptime());
    put(fields, "cpu_millis", cpuMillis());
    put(fields, "gc_millis", gcMillis());
    put(fields, "heap_used_bytes", heap.getUsed());
    put(fields, "heap_max_bytes", heap.getMax());
    put(fields, "threads", ManagementFactory.getThreadMXBean().getThreadCount());
    put(fields, "disk_free_bytes", diskFreeBytes());
    return fields;
  }

  private static void put(Map<String, String> fields, String name, long value) {
    fields.put(name, Long.toString(value));
  }

  private static long cpuMillis() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / NANOS_PER_MILLI
        : -1;
  }

  private static long gcMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(collector -> Math.max(0, collector.getCollectionTime()))
        .sum();
  }

  private long diskFreeBytes() {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      // Not there any more, or not readable: nothing to say.
      return -1;
    }
  }
}

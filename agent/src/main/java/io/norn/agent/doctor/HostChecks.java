package io.norn.agent.doctor;

import io.norn.agent.config.AgentConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What may be wrong with the agent's own host and process. */
final class HostChecks {
  private static final long MIN_HEAP_BYTES = 96L << 20;
  private static final String AGENT = "agent";

  private final AgentConfig config;
  private final Findings findings;

  HostChecks(AgentConfig config, Findings findings) {
    this.config = config;
    this.findings = findings;
  }

  void disk() {
    Path directory = config.directory();
    try {
      Path existing = directory;
      while (!Files.exists(existing)) {
        existing = existing.getParent();
      }
      if (!Files.isWritable(existing)) {
        findings.error(AGENT, directory + " cannot be written", "chown it to the agent's user");
      }
      disk(existing, Files.getFileStore(existing).getUsableSpace());
    } catch (IOException e) {
      findings.error(AGENT, directory + ": " + e.getMessage(), "see directive 'dir'");
    }
  }

  /** Separate from asking the disk, for tests. */
  void disk(Path directory, long freeBytes) {
    long reserve = config.journal().reserveBytes();
    String free = (freeBytes >> 20) + " MB free at " + directory;
    if (freeBytes < reserve) {
      findings.error(
          AGENT,
          free + ", less than journal-reserve: journaling pauses",
          "free space there, or move 'dir'");
    } else if (freeBytes - reserve < config.journal().maxBytes()) {
      findings.note(
          AGENT,
          free + ", less than journal-max-size: while a peer is away the journal may fill it",
          "norn config set journal-max-size "
              + Math.max(1, (freeBytes - reserve) >> 21)
              + "mb, or a larger disk");
    }
  }

  /** Of this process, which is the agent. */
  void javaMachine() {
    long heap = Runtime.getRuntime().maxMemory();
    if (heap < MIN_HEAP_BYTES) {
      findings.warning(
          AGENT,
          "heap of " + (heap >> 20) + " MB is small",
          "NORN_JAVA_OPTS=-Xmx152m, and start it again");
    }
    List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
    boolean ends = flags.stream().anyMatch(flag -> flag.matches(".*(Exit|Crash)OnOutOfMemory.*"));
    if (!ends) {
      findings.warning(
          AGENT,
          "runs on without memory: -XX:+ExitOnOutOfMemoryError is missing",
          "start it by the launcher 'norn agent', or add the flag");
    }
  }
}

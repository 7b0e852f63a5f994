package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.cli.NornProcess.Result;
import io.norn.testkit.TempDirs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What newcomers run first. */
final class DemoCommandIT {
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = TempDirs.create("norn-demo-");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    TempDirs.delete(directory);
  }

  @Test
  void shouldEndWithBothServersEqualAndLeaveNothingBehind() throws Exception {
    Path temporary = directory.resolve("tmp");
    assertThat(temporary.toFile().mkdir()).isTrue();
    Map<String, String> environment = Map.of("NORN_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);

    Result result = NornProcess.start(directory, NornProcess.LAUNCHER, environment, "demo").await();

    assertThat(result.exitCode()).as("%s", result).isEqualTo(ExitCode.FINE);
    assertThat(result.out())
        .contains("Both servers hold the same data", "The link between the sites is cut")
        .doesNotContain("WRONG");
    assertThat(result.err()).isEmpty();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void shouldSayWhenTheServerIsNone() throws Exception {
    Result result = NornProcess.run(directory, "demo", "--server", "/bin/true");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("/bin/true").hasLineCount(1);
  }

  @Test
  void shouldMeasureLatencyAndThroughput() throws Exception {
    Result latency = NornProcess.run(directory, "bench", "latency", "--probes", "50", "--json");
    assertThat(latency.err()).isEmpty();
    assertThat(latency.out()).contains("\"plain replication\":{\"p50\":", "\"Norn\":{\"p50\":");

    Result throughput = NornProcess.run(directory, "bench", "throughput", "--sets", "20000");
    assertThat(throughput.err()).isEmpty();
    assertThat(throughput.out()).contains("Norn / plain");
  }
}

package io.norn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class JavaProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void shouldRunAMainClassOfOurClassPathWithItsArguments() throws Exception {
    try (JavaProcess child = start("print", "argument")) {
      assertThat(child.awaitLine(line -> line.startsWith("property"), LIMIT))
          .isEqualTo("property given argument");
      assertThat(child.awaitExit(LIMIT)).isZero();
    }
  }

  @Test
  void shouldTellTheExitCode() throws Exception {
    try (JavaProcess child = start("exit", "42")) {
      assertThat(child.awaitExit(LIMIT)).isEqualTo(42);
    }
  }

  @Test
  void shouldShowTheOutputWhenALineDoesNotCome() throws Exception {
    try (JavaProcess child = start("print", "argument")) {
      assertThatThrownBy(() -> child.awaitLine("other"::equals, LIMIT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended without the line")
          .hasMessageContaining("property given argument");
    }
  }

  @Test
  void shouldLetShutdownHooksRunOnTerminateOnly() throws Exception {
    try (JavaProcess child = startWaiting()) {
      child.terminate();
      child.awaitLine("hook ran"::equals, LIMIT);
      assertThat(child.awaitExit(LIMIT)).isEqualTo(143);
    }
    try (JavaProcess child = startWaiting()) {
      child.kill();
      assertThat(child.isRunning()).isFalse();
      assertThat(child.lines()).doesNotContain("hook ran");
    }
  }

  @Test
  void shouldTellMemoryAndProcessorTime() throws Exception {
    try (JavaProcess child = startWaiting()) {
      assertThat(child.cpuMillis().orElseThrow()).isPositive();
      if (Path.of("/proc/self/status").toFile().exists()) {
        assertThat(child.rssBytes().orElseThrow()).isGreaterThan(1 << 20);
      }
    }
  }

  /** The child starts a server of its own; whichever way the child ends, so must the server. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void shouldLeaveNoServerBehindWhenTheJvmEnds(String signal) throws Exception {
    try (JavaProcess child = start("server")) {
      String[] words = child.awaitLine(line -> line.startsWith("server"), LIMIT).split(" ", -1);
      ProcessHandle server = ProcessHandle.of(Long.parseLong(words[1])).orElseThrow();
      if (signal.equals("KILL")) {
        child.kill();
      } else {
        child.terminate();
      }
      server.onExit().get();
      TempDirs.delete(Path.of(words[2]));
    }
  }

  private static JavaProcess startWaiting() throws IOException {
    JavaProcess child = start("hook");
    child.awaitLine("waiting"::equals, LIMIT);
    return child;
  }

  private static JavaProcess start(String... args) throws IOException {
    return JavaProcess.start(List.of("-Xmx64m", "-Dp=given"), Child.class.getName(), List.of(args));
  }
}

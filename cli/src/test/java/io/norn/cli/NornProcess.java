package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the launcher as users do, and keeps what it says. */
final class NornProcess {
  static final Path LAUNCHER = Path.of("..", "norn").toAbsolutePath().normalize();
  private static final int LIMIT_SECONDS = 120;

  private final Path directory;
  private final Process process;

  private NornProcess(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** What a command that has ended left behind. */
  record Result(int exitCode, String out, String err) {}

  /** Starts a command; output goes to files of that directory, which must be a fresh one. */
  static NornProcess start(
      Path directory, Path launcher, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(launcher.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectOutput(Redirect.to(directory.resolve("out").toFile()))
            .redirectError(Redirect.to(directory.resolve("err").toFile()));
    builder.environment().putAll(environment);
    return new NornProcess(directory, builder.start());
  }

  /** Runs a command to its end. */
  static Result run(Path directory, String... arguments) throws IOException, InterruptedException {
    return start(directory, LAUNCHER, Map.of(), arguments).await();
  }

  Process process() {
    return process;
  }

  String out() throws IOException {
    return Files.readString(directory.resolve("out"));
  }

  String err() throws IOException {
    return Files.readString(directory.resolve("err"));
  }

  /** Waits for the end. */
  Result await() throws IOException, InterruptedException {
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as("ends within %d s; says %s", LIMIT_SECONDS, err()).isTrue();
    return new Result(process.exitValue(), out(), err());
  }
}

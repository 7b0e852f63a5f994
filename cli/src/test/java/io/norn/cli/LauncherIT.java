package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.cli.NornProcess.Result;
import io.norn.testkit.TempDirs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The launcher script, on the jar that the build has just made. */
final class LauncherIT {
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = TempDirs.create("norn-launcher-");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    TempDirs.delete(directory);
  }

  @Test
  void shouldWorkFromAnyDirectory() throws Exception {
    Result result = NornProcess.run(directory, "--version");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FINE);
    assertThat(result.out()).startsWith("norn ").hasLineCount(1).doesNotContain("not packaged");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void shouldWorkThroughLinksAndSpaces() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("with spaces"));
    Path installed =
        Files.createSymbolicLink(folder.resolve("of an install"), NornProcess.LAUNCHER);
    Path relative =
        Files.createSymbolicLink(directory.resolve("norn"), directory.relativize(installed));

    Result result = NornProcess.start(folder, relative, Map.of(), "--version").await();

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void shouldPassArgumentsAndExitCodeOn() throws Exception {
    Result result = NornProcess.run(directory, "peer", "add", "a host", "70000");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("a host 70000").hasLineCount(1);
  }

  @Test
  void shouldSayInOneLineThatThereIsNoJava() throws Exception {
    Result result = runWithTools("readlink");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err())
        .isEqualTo("norn: no Java found: install Java 17 or later, or set JAVA_HOME\n");
  }

  @Test
  void shouldSayInOneLineThatJavaIsTooOld() throws Exception {
    script("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

    Result result = runWithTools("readlink", "sed", "head");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("is Java 11: install Java 17 or later").hasLineCount(1);
  }

  @Test
  void shouldSayInOneLineThatMavenIsMissing() throws Exception {
    script("java", "echo 'openjdk version \"17.0.2\" 2022-01-18' >&2");
    Path copy = Files.copy(NornProcess.LAUNCHER, directory.resolve("norn"));

    Result result = runWithTools(copy, "readlink", "sed", "head");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("Maven is needed for the first use").hasLineCount(1);
  }

  @Test
  void shouldShowTheEndOfTheLogWhenTheBuildFails() throws Exception {
    script("java", "echo 'openjdk version \"17.0.2\" 2022-01-18' >&2");
    script("mvn", "echo 'it does not compile'; exit 1");
    Path copy = Files.copy(NornProcess.LAUNCHER, directory.resolve("norn"));

    Result result = runWithTools(copy, "readlink", "sed", "head", "tail", "mkdir");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err().lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("norn: building, first use only");
    assertThat(result.err()).contains("it does not compile").contains("the build failed");
  }

  private Result runWithTools(String... tools) throws IOException, InterruptedException {
    return runWithTools(NornProcess.LAUNCHER, tools);
  }

  /** Runs the launcher with a PATH that holds nothing but these tools and our scripts. */
  private Result runWithTools(Path launcher, String... tools)
      throws IOException, InterruptedException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    for (String tool : tools) {
      Files.createSymbolicLink(bin.resolve(tool), onPath(tool));
    }
    Map<String, String> environment = Map.of("PATH", bin.toString(), "JAVA_HOME", "");
    return NornProcess.start(directory, launcher, environment, "--version").await();
  }

  private static Path onPath(String tool) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return Path.of(folder, tool);
      }
    }
    throw new AssertionError(tool + " is not on the PATH");
  }

  private void script(String name, String body) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path script = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }
}

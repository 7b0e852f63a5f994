package io.norn.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that only the sources themselves can break. */
final class SourcesTest {
  private static final int MAX_LINES = 400;

  private static final Pattern UNFINISHED =
      Pattern.compile(
          "TO" + "DO|FIX" + "ME|XX" + "X|@Disa" + "bled|UnsupportedOperation" + "Exception");

  @Test
  void shouldKeepFilesShort() throws IOException {
    for (Path source : sources()) {
      assertThat(Files.readAllLines(source))
          .as("lines of %s", source)
          .hasSizeLessThanOrEqualTo(MAX_LINES);
    }
  }

  @Test
  void shouldLeaveNothingUnfinished() throws IOException {
    for (Path source : sources()) {
      assertThat(Files.readString(source)).as("%s", source).doesNotContainPattern(UNFINISHED);
    }
  }

  @Test
  void shouldSayWhyEachPackageStandsApart() throws IOException {
    for (Path source : sources()) {
      if (source.toString().contains("/src/main/")) {
        assertThat(source.resolveSibling("package-info.java")).exists();
      }
    }
  }

  /** All of the project's; the tests of a module run in its directory. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..").toRealPath())) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("/src/"))
              .toList();
      assertThat(sources).as("sources").hasSizeGreaterThan(10);
      return sources;
    }
  }
}

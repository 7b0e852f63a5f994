package io.norn.testkit.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server program.
 *
 * @param name for people and test names, such as {@code valkey-server 8.0.1}
 * @param command the program and arguments that come before those of a start
 */
public record ServerBinary(String name, List<String> command) {
  private static final int OLDEST_MAJOR_VERSION = 7;
  private static final Pattern VERSION = Pattern.compile("\\bv=(\\d+)(\\.\\d+)*");

  /** Keeps a copy of the command. */
  public ServerBinary {
    command = List.copyOf(command);
  }

  /**
   * The server that comes with the project (Redis 7.0.15).
   *
   * @throws UncheckedIOException if there is none for this platform or it cannot be unpacked
   */
  public static ServerBinary embedded() {
    try {
      return at(EmbeddedServer.unpack());
    } catch (IOException e) {
      throw new UncheckedIOException("embedded server: " + e.getMessage(), e);
    }
  }

  /** The first of valkey-server and redis-server on the PATH that Norn supports (7.0 or later). */
  public static Optional<ServerBinary> onPath() {
    return Stream.of("valkey-server", "redis-server")
        .flatMap(program -> findOnPath(program).stream())
        .flatMap(path -> usable(path).stream())
        .findFirst();
  }

  /**
   * The program in that file.
   *
   * @throws UncheckedIOException if it does not run or is no server
   */
  public static ServerBinary at(Path program) {
    List<String> command = List.of(program.toString());
    String output = versionOutput(command);
    String kind = output.startsWith("Valkey") ? "valkey-server" : "redis-server";
    return new ServerBinary(kind + " " + parseVersion(command, output), command);
  }

  /**
   * What tests of real servers run on: the embedded server always, then the one that the
   * environment variable NORN_VALKEY or the system property {@code norn.valkey} points to, else
   * valkey-server from the PATH if there.
   */
  public static List<ServerBinary> forTests() {
    List<ServerBinary> binaries = new ArrayList<>(List.of(embedded()));
    configured()
        .or(() -> findOnPath("valkey-server").flatMap(ServerBinary::usable))
        .ifPresent(binaries::add);
    return List.copyOf(binaries);
  }

  /** Further programs that the environment variable NORN_VALKEYS names, a list as in PATH. */
  public static List<ServerBinary> listed() {
    String list = Optional.ofNullable(System.getenv("NORN_VALKEYS")).orElse("");
    return Stream.of(list.split(File.pathSeparator))
        .filter(program -> !program.isBlank())
        .map(program -> at(Path.of(program)))
        .toList();
  }

  /** What a user would expect to run: the server from the PATH, else the embedded one. */
  public static ServerBinary preferred() {
    return onPath().orElseGet(ServerBinary::embedded);
  }

  /** Such as {@code 8.0.1}, as the program itself says. */
  public String version() {
    return parseVersion(command, versionOutput(command));
  }

  /** As the parameter of a test: the name alone. */
  @Override
  public String toString() {
    return name;
  }

  private static Optional<ServerBinary> configured() {
    String path = System.getProperty("norn.valkey", System.getenv("NORN_VALKEY"));
    if (path == null || path.isBlank()) {
      return Optional.empty();
    }
    Optional<ServerBinary> binary = usable(Path.of(path));
    if (binary.isEmpty()) {
      // Otherwise a run that was meant to test this server would be green without it.
      System.err.println("NORN_VALKEY: " + path + " is no server of version 7 or later: left out");
    }
    return binary;
  }

  private static Optional<Path> findOnPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<ServerBinary> usable(Path program) {
    try {
      ServerBinary binary = at(program);
      String version = binary.version();
      int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
      return major >= OLDEST_MAJOR_VERSION ? Optional.of(binary) : Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static String versionOutput(List<String> command) {
    try {
      List<String> full = new ArrayList<>(command);
      full.add("--version");
      Process process = new ProcessBuilder(full).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(command + " does not run: " + e.getMessage(), e);
    }
  }

  private static String parseVersion(List<String> command, String output) {
    Matcher matcher = VERSION.matcher(output);
    if (!matcher.find()) {
      throw new UncheckedIOException(
          new IOException(command + " is no Valkey or Redis server: it says '" + output + "'"));
    }
    return matcher.group().substring(2);
  }
}

package io.norn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the shell blocks of each page, one after the other in one bash that stops at the first
 * failure.
 *
 * <p>The ports of the documentation are replaced by free ones, {@code /tmp/} by a directory of the
 * test, {@code --watch} is left out, and {@code norn doctor} may find something; {@code norn},
 * {@code valkey-server} and {@code valkey-cli} are those of the build. Pages that do not start
 * servers find two with an agent beside each at the usual ports.
 */
final class DocBlocksIT {
  private static final int LIMIT_SECONDS = 400;
  private static final List<Integer> PORTS = List.of(6379, 6380, 6381, 7379, 7380, 9379);

  private static final String PAIR =
      """
      valkey-server --port 6379 --save "" >server-a.log &
      valkey-server --port 6380 --save "" >server-b.log &
      norn agent --node-id a --dir /tmp/a --port 7379 --local 127.0.0.1 6379 \
        --replicaof 127.0.0.1 6380 2>agent-a.log &
      norn agent --node-id b --dir /tmp/b --port 7380 --local 127.0.0.1 6380 \
        --replicaof 127.0.0.1 6379 2>agent-b.log &
      """;

  /** Servers do not wait five seconds for further replicas before each snapshot. */
  private static final String SERVER =
      """
      valkey-server() {
        exec valkey-server "$@" --repl-diskless-sync-delay 0
      }
      """;

  /** The agent is asked at its port here, and a doctor that finds something is no failure. */
  private static final String NORN =
      """
      norn() {
        case "$1" in
          agent) exec norn "$@" ;;
          man | completion | --*) command norn "$@" ;;
          *)
            case " $* " in
              *" -a "* | *" --config "*) command norn "$@" ;;
              *) command norn "$@" -a AGENT ;;
            esac || { [ $? = 1 ] && [ "$1" = doctor ]; }
            ;;
        esac
      }
      """;

  /** What people do anyway before they go on: wait until there is something to see. */
  private static final String MEET =
      """
      for try in $(seq 200); do
        if norn status -a 127.0.0.1:7379 2>/dev/null | grep -q streaming &&
           norn status -a 127.0.0.1:7380 2>/dev/null | grep -q streaming; then break; fi
        sleep 0.2
      done
      valkey-cli -p 6379 SET met-a 1 >/dev/null
      valkey-cli -p 6380 SET met-b 1 >/dev/null
      until [ "$(valkey-cli -p 6380 GET met-a)" = 1 ]; do sleep 0.2; done
      until [ "$(valkey-cli -p 6379 GET met-b)" = 1 ]; do sleep 0.2; done
      """;

  @TempDir Path directory;

  static List<DocPage> pages() throws IOException {
    String only = System.getProperty("norn.page", "");
    return DocPage.all().stream()
        .filter(page -> page.toString().contains(only))
        .filter(page -> page.blocks().stream().anyMatch(DocPage.Block::isRun))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldDoWhatThePageSays(DocPage page) throws Exception {
    Path script = Files.writeString(directory.resolve("page.sh"), substituted(script(page)));
    Path bin = Files.createDirectory(directory.resolve("bin"));
    link(bin, "norn", Path.of("..", "norn"));
    link(directory, "norn", Path.of("..", "norn"));
    link(directory, "examples", Path.of("..", "examples"));
    for (String tool : List.of("valkey-server", "valkey-cli")) {
      link(bin, tool, tool(tool));
    }
    Path out = directory.resolve("out");
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-e", script.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    bash.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    Process process = bash.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
          .as(Files.readString(out))
          .isTrue();
      assertThat(process.exitValue())
          .as("%s\n%s", Files.readString(script), Files.readString(out))
          .isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String script(DocPage page) {
    List<String> parts =
        new ArrayList<>(List.of("trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n"));
    if (!page.startsServers()) {
      parts.add(PAIR + MEET);
    }
    for (DocPage.Block block : page.blocks()) {
      if (block.isRun()) {
        parts.add("set -x\n" + block.text() + "{ set +x; } 2>/dev/null\n");
        if (block.text().contains("valkey-server --port")) {
          parts.add(MEET);
        }
      }
    }
    return String.join("", parts);
  }

  private String substituted(String text) throws IOException {
    Map<Integer, Integer> free = new TreeMap<>();
    for (int port : PORTS) {
      free.put(port, FreePort.next());
    }
    String replaced =
        IntStream.range(0, PORTS.size())
            .boxed()
            .reduce(
                text,
                (all, i) -> all.replaceAll("\\b" + PORTS.get(i) + "\\b", "@" + i + "@"),
                (one, other) -> other);
    for (int i = 0; i < PORTS.size(); i++) {
      replaced = replaced.replace("@" + i + "@", Integer.toString(free.get(PORTS.get(i))));
    }
    return withAgents(replaced, free.get(7379)).replace("/tmp/", directory + "/");
  }

  private static String withAgents(String text, int port) {
    return SERVER
        + NORN.replace("AGENT", "127.0.0.1:" + port)
        + text.replaceAll("(?m)^\\./norn ", "norn ").replace(" --watch", "");
  }

  private static void link(Path where, String name, Path target) throws IOException {
    Files.createSymbolicLink(where.resolve(name), target.toAbsolutePath().normalize());
  }

  private static Path tool(String name) throws IOException {
    List<ServerBinary> servers = ServerBinary.forTests();
    Path server = Path.of(servers.get(servers.size() - 1).command().get(0));
    Path tool = server.resolveSibling(name);
    Assumptions.assumeTrue(
        Files.isExecutable(tool), "skipped: no " + name + ", see CONTRIBUTING.md for NORN_VALKEY");
    return tool;
  }
}

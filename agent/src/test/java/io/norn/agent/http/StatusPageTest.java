package io.norn.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.agent.config.Monitoring;
import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.control.Access;
import io.norn.agent.control.Authenticator;
import io.norn.agent.metrics.History;
import io.norn.agent.metrics.Sampler;
import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.ValueType;
import io.norn.contest.Contest;
import io.norn.contest.Contests;
import io.norn.contest.Rule;
import io.norn.net.Credentials;
import io.norn.stream.Text;
import io.norn.testkit.server.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page, in a browser where there is one. */
final class StatusPageTest {
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path directory;

  private static final class Shown implements StatusPages.View {
    private final ConflictLog conflicts = new ConflictLog(5);
    private final Sampler sampler = new Sampler(Shown::sections);

    Shown() {
      Stamp stamp = new Stamp(1, new StreamId("eu", "s"), 1);
      conflicts.add(
          Contests.of(
              new Contest(
                  Rule.SKIPPED,
                  DbKey.of(0, Text.bytes("<img src=x onerror=document.title='owned'>")),
                  ValueType.STRING,
                  new Contest.Side(stamp, "SET k secret-value"),
                  new Contest.Side(stamp, "SET k secret-value"))));
    }

    static Map<String, Map<String, String>> sections() {
      Map<String, Map<String, String>> sections = new LinkedHashMap<>();
      sections.put("Node", fields("node_id", "eu-west", "local", "127.0.0.1:6379"));
      sections.put("Local", fields("link", "up", "state", "streaming", "version", "8.0.1"));
      sections.put("Apply", fields("dominated_operations", "17"));
      sections.put("Peer0", peer("10.0.0.3:6379", "us-east", "up", "streaming", "12"));
      sections.put("Peer1", peer("10.0.0.4:6379", "asia", "down", "broken", "4711"));
      return sections;
    }

    private static Map<String, String> peer(
        String address, String node, String link, String state, String lag) {
      return fields(
          "address", address, "node_id", node, "link", link, "state", state, "lag_millis", lag);
    }

    private static Map<String, String> fields(String... pairs) {
      Map<String, String> fields = new LinkedHashMap<>();
      for (int i = 0; i < pairs.length; i += 2) {
        fields.put(pairs[i], pairs[i + 1]);
      }
      return fields;
    }

    @Override
    public Map<String, Map<String, String>> status() {
      return sections();
    }

    @Override
    public History history() {
      return sampler.history();
    }

    @Override
    public ConflictLog conflicts() {
      return conflicts;
    }

    @Override
    public String version() {
      return "0.1";
    }
  }

  private static final class Open implements Authenticator {
    @Override
    public Access withoutPassword() {
      return Access.ADMIN;
    }

    @Override
    public Access check(Credentials credentials) {
      return Access.ADMIN;
    }
  }

  private static HttpPort open(Shown shown) throws IOException {
    int port = FreePort.next();
    return StatusPages.open(
        new Monitoring(port, List.of("127.0.0.1"), 1000, Optional.empty()),
        new Open(),
        () -> true,
        () -> 1000,
        shown);
  }

  private static String get(HttpPort port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void shouldAskNobodyElseForAnything() throws Exception {
    try (HttpPort port = open(new Shown())) {
      assertThat(get(port, "/"))
          .contains("<title>Norn</title>")
          .doesNotContainPattern("(src|href)=\"(?!data:)")
          .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)")
          .doesNotContain("innerHTML");
    }
  }

  @Test
  void shouldNotShowValuesOfKeys() throws Exception {
    try (HttpPort port = open(new Shown())) {
      assertThat(get(port, "/view.json"))
          .contains("eu-west", "\"rule\":\"skipped\"")
          .doesNotContain("secret-value")
          .doesNotContain("<img");
    }
  }

  @Test
  void shouldDrawTheMeshInABrowser() throws Exception {
    String browser =
        BROWSERS.stream().filter(each -> Files.exists(Path.of(each))).findFirst().orElse("");
    Assumptions.assumeFalse(
        browser.isEmpty(), "skipped: there is no Chromium, 'apt-get install chromium' gets one");
    try (HttpPort port = open(new Shown())) {
      String page = rendered(browser, port);
      assertThat(page)
          .contains(">eu-west<", ">us-east<", ">asia<", "10.0.0.4:6379")
          .contains("12 ms", "class=\"bad\">broken", ">17<")
          .contains("pill good\" id=\"ready\">ready")
          .contains("&lt;img src=x")
          .doesNotContain("<title>owned");
    }
  }

  /** The page as it stands after its script has run. */
  private String rendered(String browser, HttpPort port) throws Exception {
    List<String> command = new ArrayList<>(List.of(browser, "--headless=new", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--user-data-dir=" + directory.resolve("profile")));
    command.addAll(List.of("--virtual-time-budget=4000", "--window-size=1200,900"));
    String picture = System.getProperty("norn.screenshot");
    command.add(picture == null ? "--dump-dom" : "--screenshot=" + picture);
    command.add("http://127.0.0.1:" + port.port() + "/");
    Path out = directory.resolve("page.html");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("browser ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}

package io.norn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What two agents show over HTTP, and what the examples for Prometheus and Grafana make of it. */
final class MetricsIT {
  private static final Path EXAMPLES = Path.of("..", "examples", "monitoring");
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Pattern USED = Pattern.compile("\\bnorn_[a-z_]+");

  /** A line of the text format: name, labels, value. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z][a-z0-9_]*)(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*})?"
              + " (-?[0-9.]+(E-?[0-9]+)?|NaN)");

  private static final Pattern LABELS = Pattern.compile("\\{\\{ ?(?:\\$labels\\.)?([a-z_]+) ?}}");

  @Test
  void shouldGiveWhatTheDashboardAndTheAlertsAskFor() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded()))) {
      int port = FreePort.next();
      mesh.startAgent(0, "--metrics-port", Integer.toString(port));
      mesh.startAgent(1);
      await().atMost(SOON).until(() -> get(port, "/ready").statusCode() == 200);
      try (ServerConnection b = mesh.server(1).connect()) {
        await().atMost(SOON).until(() -> hasApplied(b, port));
      }
      String scrape = get(port, "/metrics").body();
      assertThat(get(port, "/health").statusCode()).isEqualTo(200);

      assertWellFormed(scrape);
      assertThat(namesIn(scrape)).containsAll(used("grafana-dashboard.json"));
      assertThat(namesIn(scrape)).containsAll(used("alerts.yml"));
      assertThat(labelsIn(scrape)).containsAll(labelsUsed("grafana-dashboard.json"));
      assertThat(labelsIn(scrape)).containsAll(labelsUsed("alerts.yml"));
    }
  }

  /** What is written before the two have met comes with a snapshot and is no change. */
  private static boolean hasApplied(ServerConnection peer, int port) throws Exception {
    peer.require("INCR", "n");
    String body = get(port, "/metrics").body();
    return !body.contains("norn_applied_changes_total 0")
        && body.contains("heartbeat_age_seconds{");
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString());
  }

  /** What promtool checks: a help and a type before the samples, no sample twice, good endings. */
  private static void assertWellFormed(String scrape) {
    Set<String> seen = new HashSet<>();
    String family = "";
    String type = "";
    for (String line : scrape.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP")) {
        family = words[2];
        assertThat(words[3]).endsWith(".");
        assertThat(seen.add(family)).as("%s appears once", family).isTrue();
      } else if (line.startsWith("# TYPE")) {
        assertThat(words[2]).isEqualTo(family);
        type = words[3];
        assertThat(family.endsWith("_total")).as(family).isEqualTo(type.equals("counter"));
      } else {
        assertThat(line).matches(SAMPLE).startsWith(family);
        assertThat(seen.add("sample " + line.substring(0, line.lastIndexOf(" "))))
            .as(line)
            .isTrue();
      }
    }
  }

  private static Set<String> namesIn(String scrape) {
    Set<String> names = new TreeSet<>();
    scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
    assertThat(names).hasSizeGreaterThan(30);
    return names;
  }

  private static Set<String> used(String example) throws Exception {
    Set<String> names = new TreeSet<>();
    USED.matcher(Files.readString(EXAMPLES.resolve(example)))
        .results()
        .forEach(found -> names.add(found.group()));
    assertThat(names).hasSizeGreaterThan(5);
    return names;
  }

  private static Set<String> labelsIn(String scrape) {
    Set<String> names = new TreeSet<>(Set.of("instance"));
    Pattern.compile("([a-z_]+)=\"")
        .matcher(scrape)
        .results()
        .forEach(found -> names.add(found.group(1)));
    return names;
  }

  private static Set<String> labelsUsed(String example) throws Exception {
    Set<String> names = new TreeSet<>();
    LABELS
        .matcher(Files.readString(EXAMPLES.resolve(example)))
        .results()
        .forEach(found -> names.add(found.group(1)));
    assertThat(names).isNotEmpty();
    return names;
  }
}

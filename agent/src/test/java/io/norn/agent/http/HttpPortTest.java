package io.norn.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.agent.control.Access;
import io.norn.agent.control.Authenticator;
import io.norn.net.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpPortTest {
  private static final List<String> LOOPBACK = List.of("127.0.0.1");
  private static final Map<String, Page.Source> PAGES =
      Map.of("/metrics", () -> Page.text(200, "m"), "/ready", () -> Page.text(503, "no"));

  private static Authenticator authenticator(Access withoutPassword) {
    return new Authenticator() {
      @Override
      public Access withoutPassword() {
        return withoutPassword;
      }

      @Override
      public Access check(Credentials shown) throws IOException {
        if (shown.user().equals("unsure")) {
          throw new IOException("the server is away");
        }
        return shown.password().equals("secret") ? Access.OBSERVE : Access.NONE;
      }
    };
  }

  private static HttpPort open(Access withoutPassword) throws IOException {
    Admission admission = new Admission(authenticator(withoutPassword), () -> true);
    return HttpPort.open(LOOPBACK, 0, admission, PAGES);
  }

  private static HttpRequest.Builder request(HttpPort port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldShowPagesAndNothingElse() throws Exception {
    try (HttpPort port = open(Access.ADMIN)) {
      HttpResponse<String> page = send(request(port, "/metrics"));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).isEqualTo("m\n");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(send(request(port, "/ready")).statusCode()).isEqualTo(503);
      assertThat(send(request(port, "/etc/passwd")).statusCode()).isEqualTo(404);
      assertThat(send(request(port, "/metrics/../x")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void shouldChangeNothing() throws Exception {
    try (HttpPort port = open(Access.ADMIN)) {
      HttpRequest.Builder post = request(port, "/metrics").POST(BodyPublishers.ofString("x"));
      assertThat(send(post).statusCode()).isEqualTo(405);
      HttpRequest.Builder head = request(port, "/metrics").method("HEAD", BodyPublishers.noBody());
      assertThat(send(head).body()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "default:secret, 200",
    "default:wrong,  401",
    "unsure:secret,  401",
    "secret,         401"
  })
  void shouldAskForThePasswordOfTheControlPort(String pair, int status) throws Exception {
    try (HttpPort port = open(Access.NONE)) {
      assertThat(send(request(port, "/metrics")).statusCode()).isEqualTo(401);
      HttpRequest.Builder request = request(port, "/metrics").header("Authorization", basic(pair));
      assertThat(send(request).statusCode()).isEqualTo(status);
      HttpRequest.Builder broken = request(port, "/metrics").header("Authorization", "Basic ?");
      assertThat(send(broken).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void shouldLetProbesInWithoutPassword() throws Exception {
    try (HttpPort port = open(Access.NONE)) {
      assertThat(send(request(port, "/ready")).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void shouldRefuseOtherHostsWhileThereIsNoPassword() throws Exception {
    InetAddress stranger = InetAddress.getByName("10.0.0.9");
    Admission guarded = new Admission(authenticator(Access.ADMIN), () -> true);
    assertThat(guarded.of(stranger, null)).isEqualTo(Admission.Verdict.FORBIDDEN);
    assertThat(guarded.of(InetAddress.getLoopbackAddress(), null))
        .isEqualTo(Admission.Verdict.WELCOME);
    Admission open = new Admission(authenticator(Access.ADMIN), () -> false);
    assertThat(open.of(stranger, null)).isEqualTo(Admission.Verdict.WELCOME);
  }

  @Test
  void shouldSayInOneLineThatThePortIsTaken() throws Exception {
    try (HttpPort port = open(Access.ADMIN)) {
      Admission admission = new Admission(authenticator(Access.ADMIN), () -> true);
      assertThatThrownBy(() -> HttpPort.open(LOOPBACK, port.port(), admission, PAGES))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port " + port.port())
          .hasMessageContaining("metrics-port");
    }
  }
}

package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.Directive;
import io.norn.net.Credentials;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalServerAuthenticatorIT {

  static List<ServerBinary> servers() {
    return ServerBinary.forTests();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldAskTheLocalServerWhoMayDoWhat(ServerBinary binary) throws Exception {
    try (ServerProcess server = ServerProcess.start(binary, "--requirepass", "sesame")) {
      try (ServerConnection admin = server.connect()) {
        admin.require("ACL", "SETUSER", "norn", "on", ">pw", "+psync", "+replconf", "+config|get");
        admin.require("ACL", "SETUSER", "viewer", "on", ">pw", "+ping", "+info");
        admin.require("ACL", "SETUSER", "off", "off", ">pw", "+@all");
      }
      Authenticator authenticator = authenticator(server);
      assertThat(authenticator.withoutPassword()).isEqualTo(Access.NONE);
      assertThat(check(authenticator, "", "sesame")).isEqualTo(Access.ADMIN);
      assertThat(check(authenticator, "default", "sesame")).isEqualTo(Access.ADMIN);
      assertThat(check(authenticator, "norn", "pw")).isEqualTo(Access.REPLICATE);
      assertThat(check(authenticator, "viewer", "pw")).isEqualTo(Access.OBSERVE);
      assertThat(check(authenticator, "norn", "wrong")).isEqualTo(Access.NONE);
      assertThat(check(authenticator, "off", "pw")).isEqualTo(Access.NONE);
      assertThat(check(authenticator, "nobody", "pw")).isEqualTo(Access.NONE);
      assertThat(check(authenticator, "", "wrong")).isEqualTo(Access.NONE);
      assertThat(check(authenticator, "", "")).isEqualTo(Access.NONE);
      server.stop();
      assertThatThrownBy(() -> check(authenticator, "", "sesame"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("connection refused");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldNotTakeAnyPasswordOfAUserWhoNeedsNone(ServerBinary binary) throws Exception {
    try (ServerProcess server = ServerProcess.start(binary)) {
      Authenticator authenticator = authenticator(server);
      assertThat(check(authenticator, "default", "anything")).isEqualTo(Access.NONE);
      assertThat(check(authenticator, "", "anything")).isEqualTo(Access.NONE);
    }
  }

  private static Access check(Authenticator authenticator, String user, String password)
      throws IOException {
    return authenticator.check(new Credentials(user, password));
  }

  private static Authenticator authenticator(ServerProcess server) throws Exception {
    List<Directive> directives =
        List.of(
            new Directive("local", List.of("127.0.0.1", "" + server.port()), "test"),
            new Directive("local-auth", List.of("sesame"), "test"));
    return Authenticator.of(AgentConfig.conclude(directives, "node"));
  }
}

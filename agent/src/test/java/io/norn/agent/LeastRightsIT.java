package io.norn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.agent.doctor.Finding;
import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A mesh whose agents have just the rights that the documentation gives them. */
final class LeastRightsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Pattern DOCUMENTED =
      Pattern.compile("ACL SETUSER (norn on >SECRET [^`]*?)\n```", Pattern.DOTALL);

  private static List<String> documentedUser() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "security.md"));
    Matcher found = DOCUMENTED.matcher(page);
    assertThat(found.find()).as("docs/security.md gives the user").isTrue();
    List<String> command = new ArrayList<>(List.of("ACL", "SETUSER"));
    command.addAll(List.of(found.group(1).replace("\\", " ").strip().split("\\s+")));
    return command;
  }

  private static String[] login(String password) {
    return new String[] {
      "--local-user",
      "norn",
      "--local-auth",
      password,
      "--masteruser",
      "norn",
      "--masterauth",
      password
    };
  }

  @Test
  void shouldBeEnoughForAMeshAndForTheDoctor() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.preferred(), ServerBinary.embedded()))) {
      for (int i = 0; i < 2; i++) {
        try (ServerConnection admin = mesh.server(i).connect()) {
          admin.require(documentedUser().toArray(String[]::new));
          // Whatever the agent did as the default user would need no rights.
          admin.require("SET", "before", Integer.toString(i));
        }
      }
      mesh.startAgent(0, login("SECRET"));
      mesh.startAgent(1, login("SECRET"));
      try (ServerConnection a = mesh.server(0).connect();
          ServerConnection b = mesh.server(1).connect()) {
        writeAllKinds(a);
        b.require("INCR", "n");
        b.require("FLUSHDB");
        writeAllKinds(b);
        a.require("SET", "later", "1", "PX", "100000");
        assertEqual(mesh);
        mesh.stopAgent(0);
        b.require("SET", "meanwhile", "1");
        mesh.startAgent(0, login("SECRET"));
        assertEqual(mesh);
        assertThat(denials(a)).as("refused at a").isEmpty();
        assertThat(denials(b)).as("refused at b").isEmpty();
      }
      assertThat(wrong(mesh)).isEmpty();
      assertThat(mesh.agent(0).status().get("Apply")).containsEntry("failed_commands", "0");
    }
  }

  @Test
  void shouldTellWhatIsMissingAndGoOnWhenItIsGiven() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded()))) {
      for (int i = 0; i < 2; i++) {
        try (ServerConnection admin = mesh.server(i).connect()) {
          admin.require(documentedUser().toArray(String[]::new));
        }
      }
      mesh.startAgent(0, login("SECRET"));
      mesh.startAgent(1, login("SECRET"));
      await().atMost(SOON).until(() -> wrong(mesh).isEmpty());
      try (ServerConnection admin = mesh.server(1).connect()) {
        admin.require("ACL", "SETUSER", "norn", "-psync");
        assertThat(wrong(mesh))
            .singleElement()
            .satisfies(
                found -> {
                  assertThat(found.problem()).contains("user 'norn' may not use PSYNC ?");
                  assertThat(found.remedy()).contains("ACL SETUSER norn", "+psync");
                });
        admin.require("ACL", "SETUSER", "norn", "+psync", "resetpass", ">changed");
        assertThat(wrong(mesh))
            .anySatisfy(
                found -> {
                  assertThat(found.problem()).contains("WRONGPASS").doesNotContain("SECRET");
                  assertThat(found.remedy()).contains("masterauth");
                });
        mesh.agent(0).configure(Map.of("masterauth", "changed"));
        assertThat(wrong(mesh)).isEmpty();
        admin.require("SET", "after", "1");
        mesh.agent(1).configure(Map.of("local-auth", "changed"));
        assertEqual(mesh);
      }
    }
  }

  private static void writeAllKinds(ServerConnection server) throws IOException {
    server.require("SET", "s", "v");
    server.require("HSET", "h", "f", "v");
    server.require("SADD", "set", "m");
    server.require("ZADD", "z", "1", "m");
    server.require("RPUSH", "l", "v");
    server.require("XADD", "x", "*", "f", "v");
    server.require("PFADD", "hll", "e");
    server.require("EXPIRE", "h", "1000");
    server.require("DEL", "s");
  }

  private static List<Finding> wrong(TestMesh mesh) {
    return mesh.agent(0).inspection().examine().stream()
        .filter(Finding::isWrong)
        // The tests run without the launcher, which gives these options.
        .filter(found -> !found.where().equals("agent"))
        .toList();
  }

  private static void assertEqual(TestMesh mesh) throws Exception {
    assertThat(
            Convergence.await(List.of(mesh.server(0).endpoint(), mesh.server(1).endpoint()), SOON))
        .isEmpty();
  }

  /** What the server logged as refused for lack of rights, those apart that the doctor tries. */
  private static List<String> denials(ServerConnection server) throws IOException {
    return ((List<?>) server.require("ACL", "LOG")).stream().map(LeastRightsIT::words).toList();
  }

  private static String words(Object reply) {
    return reply instanceof List<?> list
        ? String.join(" ", list.stream().map(LeastRightsIT::words).toList())
        : ServerConnection.text(reply);
  }
}

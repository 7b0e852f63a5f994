package io.norn.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadConfigTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prot 7379            | line 2: prot: unknown directive: did you mean 'port PORT'?",
        "replcaof 1.2.3.4 1   | did you mean 'replicaof HOST PORT'?",
        "maxmemory-policy x   | unknown directive: remove it, or see examples/norn.conf",
        "port                 | line 2: port: has 0 values: write 'port PORT'",
        "port 1 2             | has 2 values: write 'port PORT'",
        "port abc             | line 2: port: 'abc' is no number from 1 to 65535",
        "port 0               | '0' is no number from 1 to 65535",
        "port 65536           | '65536' is no number",
        "replicaof b          | has 1 value: write 'replicaof HOST PORT'",
        "replicaof b x        | replicaof: 'x' is not a port number",
        "replicaof b 70000    | replicaof: port 70000 is out of range",
        "replicaof '' 1       | replicaof: host is empty",
        "replicaof 127.0.0.1 6379 | 127.0.0.1:6379 is this node's own server",
        "replicaof 127.0.0.1 7379 | 127.0.0.1:7379 is this agent",
        "node-id EU_West      | 'EU_West' is no node id: use 1 to 32 of a-z, 0-9 and -",
        "active-replica no    | 'no' is not possible",
        "tls-replication on   | 'on' is neither yes nor no",
        "tls-replication      | has 0 values",
        "journal-sync often   | 'often' is unknown in this version: use no|everysec|always",
        "journal-max-size 8x  | '8x' is no size: write for instance 512mb or 8gb",
        "journal-max-size 1k  | '1k' is too little: use at least 1048576 bytes",
        "journal-max-size 99999999999gb | is too large",
        "journal-max-age 7    | '7' is no duration: write for instance 90s, 30m, 12h or 7d",
        "heartbeat-millis 30000 | '30000' is not below repl-timeout",
        "conflict-policy first | 'first' is unknown in this version: use lww|observed-remove",
        "prefix-policy a first | 'first' is unknown: use lww, observed-remove, ignore or site-local",
        "prefix-policy a       | has 1 value",
        "loglevel chatty      | 'chatty' is unknown in this version: use debug|info|warn|error",
        "bind ''              | an address is empty",
        "announce-port 0      | announce-port: port 0 is out of range",
        "masteruser norn      | user 'norn' has no password: add one",
        "local-user norn      | user 'norn' has no password: add one",
        "peer-user b 1 norn   | user 'norn' has no password: add one",
        "masterauth \"abc     | line 2: a \" is not closed: add the missing \"",
      })
  void shouldSayInOneLineWhereAndWhat(String line, String expected) throws Exception {
    Path file = Files.write(directory.resolve("norn.conf"), List.of("local 127.0.0.1 6379", line));
    String message = failure(file.toString());
    assertThat(message).startsWith(file + " line 2: ").contains(expected).doesNotContain("\n");
  }

  @Test
  void shouldNameTheCommandLineForItsOptions() {
    assertThat(failure("--local", "l", "1", "--port", "x"))
        .isEqualTo("command line: port: 'x' is no number from 1 to 65535");
    assertThat(failure("--local", "l", "1", "-x")).contains("local: has 3 values");
    assertThat(failure("-x")).contains("'-x' is no option");
    assertThat(failure("--")).contains("'--' is no option");
  }

  @Test
  void shouldSayWhenTheLocalServerIsMissing() {
    assertThat(failure("--port", "7379"))
        .isEqualTo(
            "configuration: local: is missing: name this node's own server, for instance"
                + " 'local 127.0.0.1 6379'");
  }

  @Test
  void shouldSayWhenAFileCannotBeRead() throws Exception {
    assertThat(failure("/no/such/file"))
        .isEqualTo("/no/such/file: no such file: give the path of a configuration file");
    assertThat(failure(directory.toString())).contains("it is a directory");
    Path latin = directory.resolve("latin");
    Files.write(latin, "masterauth ä".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(failure(latin.toString())).contains("is no UTF-8 text");
  }

  @Test
  void shouldWantCertificateAndKeyTogether() throws Exception {
    Path file = Files.writeString(directory.resolve("x.pem"), "");
    assertThat(
            failure("--local", "l", "1", "--tls-local", "yes", "--tls-cert-file", file.toString()))
        .contains("tls-cert-file and tls-key-file go together");
    assertThat(failure("--local", "l", "1", "--tls-local", "yes", "--tls-ca-cert-file", "/no/ca"))
        .contains("tls-ca-cert-file: '/no/ca' cannot be read");
  }

  @Test
  void shouldNotTakeAHostNameThatTellsNothing() {
    for (String host : List.of("", "localhost", "---", "ÄÖ")) {
      assertThatThrownBy(
              () ->
                  AgentConfig.conclude(
                      List.of(new Directive("local", List.of("l", "1"), "test")), host))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("tells no nodes apart");
    }
    assertThat(Identity.ofHost("A".repeat(31) + "-b.c").nodeId()).isEqualTo("a".repeat(31));
  }

  @Test
  void shouldNeverShowPasswordsInErrors() {
    assertThat(failure("--masterauth", "s3cret", "s3cret")).doesNotContain("s3cret");
    assertThat(failure("--masterauht", "s3cret"))
        .contains("did you mean 'masterauth PASSWORD'?")
        .doesNotContain("s3cret");
    assertThat(failure("--peer-auth", "b", "x", "s3cret")).doesNotContain("s3cret");
  }

  @Property(tries = 300)
  void shouldOnlyEverFailWithOneLine(@ForAll List<String> arguments) {
    try {
      AgentConfig.load(arguments);
    } catch (ConfigException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  private static String failure(String... arguments) {
    return catchThrowableOfType(ConfigException.class, () -> AgentConfig.load(List.of(arguments)))
        .getMessage();
  }
}

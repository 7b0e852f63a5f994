package io.norn.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerBinaryTest {
  @Test
  void shouldUnpackAnEmbeddedServerThatRuns() {
    ServerBinary embedded = ServerBinary.embedded();
    assertThat(embedded.version()).isEqualTo("7.0.15");
    assertThat(embedded.name()).isEqualTo("redis-server 7.0.15");
  }

  @Test
  void shouldAlwaysTestWithTheEmbeddedServer() {
    assertThat(ServerBinary.forTests()).first().isEqualTo(ServerBinary.embedded());
  }

  @Test
  void shouldTestWithTheConfiguredServerToo() {
    String before = System.getProperty("norn.valkey");
    System.setProperty("norn.valkey", ServerBinary.embedded().command().get(0));
    try {
      assertThat(ServerBinary.forTests()).hasSize(2);
    } finally {
      restore(before);
    }
  }

  @Test
  void shouldGoOnWithoutAConfiguredServerThatIsNone() {
    String before = System.getProperty("norn.valkey");
    System.setProperty("norn.valkey", "/bin/true");
    try {
      assertThat(ServerBinary.forTests()).hasSize(1);
    } finally {
      restore(before);
    }
  }

  @Test
  void shouldRefuseAProgramThatIsNoServer() {
    assertThatThrownBy(() -> ServerBinary.at(Path.of("/bin/true")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("/bin/true");
  }

  private static void restore(String before) {
    if (before == null) {
      System.clearProperty("norn.valkey");
    } else {
      System.setProperty("norn.valkey", before);
    }
  }
}

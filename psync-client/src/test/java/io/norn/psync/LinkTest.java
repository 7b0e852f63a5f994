package io.norn.psync;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.net.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LinkTest {
  @Test
  void shouldSayThatItWasClosedWhateverIsTriedNext() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Link link = Link.open(Endpoint.plain("127.0.0.1", server.getLocalPort()), 1000);
      link.close();
      assertClosed(() -> link.timeout(2000));
      assertClosed(() -> link.read(new byte[1], 0, 1));
      assertClosed(() -> link.send("PING"));
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void assertClosed(Action action) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the link was closed");
  }
}

package io.norn.testkit.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.net.Address;
import io.norn.testkit.Seed;
import io.norn.testkit.server.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyProxyTest {
  private static final int SHORT_MILLIS = 100;

  private EchoServer echo;
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new EchoServer();
    proxy = FaultyProxy.to(new Address("127.0.0.1", echo.port()));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void shouldPassBytesThroughUnchanged() throws Exception {
    assertEchoes(8 * 1024 * 1024);
  }

  @Test
  void shouldPassBytesThroughUnchangedWhenSlicedAndDelayed() throws Exception {
    proxy.sliceBytes(37);
    proxy.delayMillis(3);
    assertEchoes(200_000);
  }

  @Test
  void shouldPassBytesThroughUnchangedWhileFaultsChange() throws Exception {
    Random random = Seed.next().random();
    AtomicBoolean done = new AtomicBoolean();
    Thread faults = new Thread(() -> changeFaults(random, done));
    faults.start();
    try {
      assertEchoes(3_000_000);
    } finally {
      done.set(true);
      faults.join();
    }
  }

  @Test
  void shouldDelayEachDirection() throws Exception {
    proxy.delayMillis(40);
    try (Socket client = connect()) {
      long start = System.nanoTime();
      client.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(80_000_000L);
    }
  }

  @Test
  void shouldKeepToTheRate() throws Exception {
    proxy.bytesPerSecond(100_000);
    long start = System.nanoTime();
    assertEchoes(30_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(280), Duration.ofSeconds(10));
  }

  @Test
  void shouldCloseConnectionsWhenCutAndServeNewOnesWhenRestored() throws Exception {
    try (Socket before = connect()) {
      ping(before);
      proxy.cut();
      assertThat(proxy.connections()).isZero();
      assertThat(before.getInputStream().read()).isEqualTo(-1);
      try (Socket meanwhile = connect()) {
        assertThat(readOrReset(meanwhile)).isEqualTo(-1);
      }
      proxy.restore();
      try (Socket after = connect()) {
        ping(after);
      }
    }
  }

  @Test
  void shouldHoldBytesWhileStalledAndDeliverThemAfterwards() throws Exception {
    try (Socket client = connect()) {
      ping(client);
      proxy.stall();
      client.getOutputStream().write("held".getBytes(US_ASCII));
      assertSilent(client);
      proxy.unstall();
      client.setSoTimeout(10_000);
      assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("held");
    }
  }

  @Test
  void shouldStallEachDirectionAlone() throws Exception {
    try (Socket client = connect()) {
      ping(client);
      proxy.stallToClient();
      client.getOutputStream().write('a');
      awaitEchoed(2);
      assertSilent(client);
      proxy.unstall();
      assertThat(client.getInputStream().read()).isEqualTo('a');
      proxy.stallToTarget();
      client.getOutputStream().write('b');
      assertSilent(client);
      assertThat(echo.bytes()).isEqualTo(2);
    }
  }

  @Test
  void shouldHideTheEndOfTheOtherSideWhileStalled() throws Exception {
    try (Socket client = connect()) {
      ping(client);
      proxy.stall();
      echo.close();
      assertSilent(client);
      proxy.unstall();
      client.setSoTimeout(10_000);
      assertThat(readOrReset(client)).isEqualTo(-1);
    }
  }

  @Test
  void shouldResetConnectionsAndServeNewOnes() throws Exception {
    try (Socket client = connect()) {
      ping(client);
      proxy.reset();
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    try (Socket client = connect()) {
      ping(client);
    }
  }

  @Test
  void shouldPassOnHalfClosedConnections() throws Exception {
    try (Socket client = connect()) {
      client.getOutputStream().write("last words".getBytes(US_ASCII));
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("last words");
    }
  }

  @Test
  void shouldCloseClientsWhenTheTargetDoesNotListen() throws Exception {
    try (FaultyProxy nowhere = FaultyProxy.to(new Address("127.0.0.1", FreePort.next()));
        Socket client = new Socket(nowhere.address().host(), nowhere.port())) {
      client.setSoTimeout(10_000);
      assertThat(readOrReset(client)).isEqualTo(-1);
    }
  }

  @Test
  void shouldEndWritersWhenTheTargetIsGone() throws Exception {
    try (Socket client = connect()) {
      ping(client);
      echo.close();
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.getOutputStream().write(new byte[1000]);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void shouldRefuseToBeUsedAfterClose() {
    proxy.close();
    assertThatThrownBy(proxy::cut)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(proxy.address().host(), proxy.port());
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static void ping(Socket client) throws IOException {
    client.getOutputStream().write('p');
    assertThat(client.getInputStream().read()).isEqualTo('p');
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SHORT_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(10_000);
  }

  /** A closed socket may answer with RST when bytes were on the way. */
  private static int readOrReset(Socket client) throws IOException {
    try {
      return client.getInputStream().read();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (SocketException e) {
      return -1;
    }
  }

  private void awaitEchoed(long bytes) throws InterruptedException {
    while (echo.bytes() < bytes) {
      Thread.sleep(1);
    }
  }

  private void assertEchoes(int length) throws Exception {
    Random random = Seed.next().random();
    byte[] sent = new byte[length];
    random.nextBytes(sent);
    try (Socket client = connect()) {
      Thread writer = new Thread(() -> write(client, sent));
      writer.start();
      InputStream in = client.getInputStream();
      assertThat(in.readNBytes(length)).isEqualTo(sent);
      writer.join();
    }
  }

  private void changeFaults(Random random, AtomicBoolean done) {
    while (!done.get()) {
      switch (random.nextInt(7)) {
        case 0 -> proxy.stall();
        case 1 -> proxy.stallToClient();
        case 2 -> proxy.stallToTarget();
        case 3 -> proxy.delayMillis(random.nextInt(5));
        case 4 -> proxy.sliceBytes(random.nextInt(20_000));
        case 5 -> proxy.bytesPerSecond(random.nextInt(2) * 20_000_000);
        default -> proxy.unstall();
      }
    }
    proxy.unstall();
  }

  private static void write(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

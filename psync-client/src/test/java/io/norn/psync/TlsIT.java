package io.norn.psync;

import static io.norn.psync.Streams.fullResync;
import static io.norn.psync.Streams.readUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.net.TlsSettings;
import io.norn.psync.SyncRequest.Snapshot;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions over TLS; the embedded server has none, so a proxy of the test speaks it. */
class TlsIT {
  private static final SyncRequest FULL = new SyncRequest(Optional.empty(), Snapshot.FULL);

  @TempDir static Path directory;
  private static ServerProcess server;
  private static TlsProxy proxy;
  private static TlsProxy misnamed;
  private static Path certificate;
  private static Path misnamedCertificate;

  @BeforeAll
  static void start() throws Exception {
    certificate = TlsProxy.makeCertificate(directory, "right", "ip:127.0.0.1");
    misnamedCertificate = TlsProxy.makeCertificate(directory, "other", "dns:other.example");
    server = ServerProcess.start(ServerBinary.embedded(), "--enable-debug-command", "local");
    proxy = new TlsProxy(TlsProxy.keyStore(directory, "right"), server.port());
    misnamed = new TlsProxy(TlsProxy.keyStore(directory, "other"), server.port());
  }

  @AfterAll
  static void stop() throws IOException {
    proxy.close();
    misnamed.close();
    server.close();
  }

  private static PsyncSession open(TlsProxy through, Path trusted) throws IOException {
    TlsSettings tls = new TlsSettings(Optional.of(trusted), Optional.empty(), Optional.empty());
    Address address = new Address("127.0.0.1", through.port());
    Endpoint endpoint = new Endpoint(address, Credentials.NONE, Optional.of(tls));
    return PsyncSession.open(new LinkSettings(endpoint, 17379, Optional.empty(), 2_000, 20_000));
  }

  @Test
  void shouldFollowOverTls() throws Exception {
    try (ServerConnection commands = server.connect();
        PsyncSession session = open(proxy, certificate)) {
      commands.require("DEBUG", "POPULATE", "20000", "key", "100");
      Position at = fullResync(session, FULL);
      session.receiveSnapshot(directory.resolve("tls.rdb"), (bytes, total) -> {});
      commands.require("SET", "k", "v");
      CommandFramer framer = new CommandFramer(at.offset(), RespLimits.DEFAULT);
      assertThat(readUntil(session, framer, "SET k v")).contains("SET k v");
      session.ack(framer.endOffset(), framer.endOffset());
      assertThat(commands.require("WAIT", "1", "5000")).isEqualTo(1L);
    }
  }

  @Test
  void shouldEndABlockedReadWhenClosed() throws Exception {
    PsyncSession session = open(proxy, certificate);
    fullResync(session, FULL);
    session.receiveSnapshot(directory.resolve("closed.rdb"), (bytes, total) -> {});
    List<Exception> ends = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              byte[] buffer = new byte[100];
              try {
                while (session.read(buffer) > 0) {}
              } catch (IOException e) {
                ends.add(e);
              }
            });
    reader.start();
    Thread.sleep(300);
    long closing = System.nanoTime();
    session.close();
    reader.join(5_000);
    assertThat(System.nanoTime() - closing).isLessThan(1_000_000_000L);
    assertThat(ends).singleElement().asString().contains("the link was closed");
  }

  @Test
  void shouldNotTrustACertificateForAnotherName() {
    assertThatThrownBy(() -> open(misnamed, misnamedCertificate))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + misnamed.port() + ": TLS failed")
        .hasMessageContaining("127.0.0.1 found");
  }

  @Test
  void shouldNotTrustAnotherAuthority() {
    assertThatThrownBy(() -> open(proxy, misnamedCertificate))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("TLS failed");
  }

  @Test
  void shouldNotSpeakPlainlyToATlsPort() {
    LinkSettings plain =
        new LinkSettings(
            Endpoint.plain("127.0.0.1", proxy.port()), 17379, Optional.empty(), 2_000, 2_000);
    assertThatThrownBy(() -> PsyncSession.open(plain))
        .isInstanceOf(PsyncRefusedException.class)
        .hasMessageContaining("turn TLS on");
  }
}

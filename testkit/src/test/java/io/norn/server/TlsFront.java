package io.norn.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Ends TLS in front of a server, since not every server program is built with it. */
final class TlsFront implements Closeable {
  private static final String PASSWORD = "password";

  private final int targetPort;
  private final SSLServerSocket listener;

  TlsFront(Path keyStore, int targetPort) throws IOException, GeneralSecurityException {
    this.targetPort = targetPort;
    this.listener =
        (SSLServerSocket)
            context(keyStore)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::acceptAll);
  }

  /** Makes a key store, and beside it {@code cert.pem}, for a server of the name localhost. */
  static Path createKeyStore(Path directory) throws IOException, InterruptedException {
    Path store = directory.resolve("store.p12");
    keytool(
        store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=dns:localhost");
    String pem = directory.resolve("cert.pem").toString();
    keytool(store, "-exportcert", "-rfc", "-file", pem);
    return store;
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private static void keytool(Path store, String... args) throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(List.of(args));
    builder.command().addAll(List.of("-alias", "server", "-keystore", store.toString()));
    builder.command().addAll(List.of("-storepass", PASSWORD));
    if (builder.inheritIO().start().waitFor() != 0) {
      throw new IOException("keytool failed: " + builder.command());
    }
  }

  private static SSLContext context(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        daemon(() -> copy(client, target));
        daemon(() -> copy(target, client));
      }
    } catch (IOException e) {
      // Closed: the test is over.
      return;
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The client has refused our certificate or is done.
      return;
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "tls-front");
    thread.setDaemon(true);
    thread.start();
  }
}

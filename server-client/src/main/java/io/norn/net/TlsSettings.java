package io.norn.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * PEM files for TLS. The names of servers are always verified.
 *
 * @param caCertFile certificates to trust; empty for those of the JVM
 * @param certFile own certificate chain for servers that ask for one; with {@code keyFile} or not
 *     at all
 * @param keyFile own private key, PKCS#8
 */
public record TlsSettings(
    Optional<Path> caCertFile, Optional<Path> certFile, Optional<Path> keyFile) {

  /**
   * Reads the files anew, so that renewed certificates are taken at the next connection.
   *
   * @throws IOException if a file cannot be read or holds no usable certificate or key; the message
   *     names the file
   */
  public SSLSocketFactory socketFactory() throws IOException {
    return context().getSocketFactory();
  }

  /** As {@link #socketFactory}, for whatever TLS is used for. */
  SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
    if (caCertFile.isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(caCertFile.get())) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
    if (certFile.isEmpty() || keyFile.isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    Certificate[] chain = certificates(certFile.get()).toArray(new Certificate[0]);
    store.setKeyEntry("own", privateKey(keyFile.get()), new char[0], chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no certificate in PEM form", e);
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      Optional<PrivateKey> key = privateKey(algorithm, base64);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new IOException(
        file + " holds no PKCS#8 private key: convert it with 'openssl pkcs8 -topk8 -nocrypt'");
  }

  /**
   * Empty when the key is of another algorithm: PKCS#8 readers of the JDK have to be asked one by
   * one.
   */
  private static Optional<PrivateKey> privateKey(String algorithm, String base64) {
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(encoded);
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

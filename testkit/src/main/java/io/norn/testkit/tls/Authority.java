package io.norn.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority that lives as long as a test. */
public final class Authority {
  private static final String PASSWORD = "password";
  private static final String ALIAS = "own";

  private final Path directory;
  private final String name;

  private Authority(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  /**
   * PEM files of one party.
   *
   * @param certificate its certificate
   * @param key its private key, PKCS#8
   */
  public record Identity(Path certificate, Path key) {}

  /** Makes one; all files go into the directory. */
  public static Authority create(Path directory, String name)
      throws IOException, InterruptedException {
    Authority authority = new Authority(directory, name);
    keytool(
        authority.store(name),
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "bc:c",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    keytool(
        authority.store(name), "-exportcert", "-rfc", "-file", authority.certificate().toString());
    return authority;
  }

  /** What those trust who trust the authority. */
  public Path certificate() {
    return directory.resolve(name + "-ca.crt");
  }

  /** The authority itself, as a server of this host. */
  public Identity self() throws IOException {
    return new Identity(certificate(), key(name));
  }

  /**
   * Issues a certificate, in the place of an earlier one of the same name.
   *
   * @param alternativeNames as keytool writes them: {@code ip:127.0.0.1,dns:localhost}
   */
  public Identity issue(String subject, String alternativeNames)
      throws IOException, InterruptedException {
    Path store = store(subject);
    Files.deleteIfExists(store);
    keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + subject);
    Path request = directory.resolve(subject + ".csr");
    Path certificate = directory.resolve(subject + ".crt");
    keytool(store, "-certreq", "-file", request.toString());
    keytool(
        store(name),
        "-gencert",
        "-rfc",
        "-infile",
        request.toString(),
        "-outfile",
        certificate.toString(),
        "-ext",
        "san=" + alternativeNames);
    return new Identity(certificate, key(subject));
  }

  private Path key(String subject) throws IOException {
    return Files.writeString(directory.resolve(subject + ".key"), pem(store(subject)));
  }

  private Path store(String subject) {
    return directory.resolve(subject + ".p12");
  }

  private static String pem(Path store) throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      byte[] encoded = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
      return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException("the key in " + store + " cannot be read", e);
    }
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", ALIAS, "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }
}

package io.norn.testkit.server;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/** Unpacks the server program that lies in the embedded-redis jar. */
final class EmbeddedServer {
  private static final String RESOURCE_PREFIX = "/redis-server-7.0.15-";

  private EmbeddedServer() {}

  /** The executable, unpacked at the first call of this user, whatever JVM that was in. */
  static Path unpack() throws IOException {
    String resource = RESOURCE_PREFIX + platform();
    URL url = EmbeddedServer.class.getResource(resource);
    if (url == null) {
      throw new FileNotFoundException(
          "no embedded server for " + platform() + ": put a valkey-server on the PATH");
    }
    Path program = cacheDirectory().resolve(resource.substring(1));
    if (!Files.isExecutable(program)
        || Files.size(program) != url.openConnection().getContentLengthLong()) {
      unpack(url, program);
    }
    return program;
  }

  /** Others may start the program while it is unpacked, so it appears whole or not at all. */
  private static void unpack(URL url, Path program) throws IOException {
    Files.createDirectories(program.getParent());
    Path part =
        Files.createTempFile(program.getParent(), program.getFileName().toString(), ".part");
    try (InputStream in = url.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      if (!part.toFile().setExecutable(true)) {
        throw new IOException(part + " cannot be made executable");
      }
      Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Path cacheDirectory() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("norn");
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "darwin" : os) + "-" + architecture();
  }

  private static String architecture() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (arch) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      case "x86", "i386", "i586", "i686" -> "386";
      default -> arch;
    };
  }
}

package io.norn.agent.table;

import io.norn.testkit.server.ServerBinary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every server there is: those of all tests, and those that two more variables name. */
final class Servers {
  private static final List<String> VARIABLES = List.of("NORN_VALKEY_81", "NORN_VALKEY_91");

  private Servers() {}

  static List<ServerBinary> all() {
    Stream<ServerBinary> named =
        VARIABLES.stream()
            .map(System::getenv)
            .flatMap(path -> Optional.ofNullable(path).filter(text -> !text.isBlank()).stream())
            .map(path -> ServerBinary.at(Path.of(path)));
    return Stream.concat(ServerBinary.forTests().stream(), named).toList();
  }
}

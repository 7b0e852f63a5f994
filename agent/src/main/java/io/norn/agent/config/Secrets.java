package io.norn.agent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Passwords that stand elsewhere: in files of their own, named by {@code …-file} directives, and in
 * the environment. So they need be neither in the configuration nor in the process list.
 */
final class Secrets {
  private static final String FILE = "-file";
  private static final String PREFIX = "NORN_";
  private static final List<String> FROM_ENVIRONMENT =
      List.of("local-user", "local-auth", "masteruser", "masterauth", "requirepass");

  private Secrets() {}

  /**
   * The directives, with what {@code …-file} directives name behind each of them.
   *
   * @throws ConfigException if such a file cannot be used; never shows what is in it
   */
  static List<Directive> resolve(List<Directive> directives) throws ConfigException {
    List<Directive> resolved = new ArrayList<>();
    for (Directive directive : directives) {
      resolved.add(directive);
      String name = directive.name();
      DirectiveSpec spec = DirectiveTable.named(name);
      if (spec != null && spec.kind() == DirectiveSpec.Kind.SECRET_FILE) {
        spec.checkCount(directive);
        String secret = name.substring(0, name.length() - FILE.length());
        resolved.add(new Directive(secret, List.of(read(directive)), directive.where()));
      }
    }
    return resolved;
  }

  private static String read(Directive directive) throws ConfigException {
    String file = directive.values().get(0);
    if (file.isEmpty()) {
      return "";
    }
    try {
      String text = Files.readString(Path.of(file));
      String first = text.lines().findFirst().orElse("");
      if (first.isEmpty()) {
        throw directive.error("'" + file + "' has no first line: write the password there");
      }
      return first;
    } catch (IOException | InvalidPathException e) {
      throw directive.error(
          "'" + file + "' cannot be read: make it readable for the agent's user and nobody else");
    }
  }

  /** Directives of the environment: {@code NORN_MASTERAUTH} for {@code masterauth}. */
  static List<Directive> ofEnvironment(Map<String, String> environment) {
    List<Directive> directives = new ArrayList<>();
    for (String name : FROM_ENVIRONMENT) {
      String variable = PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
      String value = environment.get(variable);
      if (value != null && !value.isEmpty()) {
        directives.add(new Directive(name, List.of(value), "environment " + variable));
      }
    }
    return directives;
  }
}

package io.norn.agent.config;

import io.norn.net.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The directives that count, read as typed values. Every error names where the value came from. */
final class Settings {
  private static final String HIDDEN = "***";

  private final Map<String, List<Directive>> given = new LinkedHashMap<>();

  /** Of directives that may stand once the last one counts, as in {@code valkey.conf}. */
  Settings(List<Directive> directives) throws ConfigException {
    for (Directive directive : directives) {
      DirectiveSpec spec = DirectiveTable.of(directive);
      List<Directive> same = given.computeIfAbsent(spec.name(), name -> new ArrayList<>());
      if (!spec.kind().isRepeated() || isNoOne(directive)) {
        same.clear();
      }
      same.add(directive);
    }
    given.values().forEach(same -> same.removeIf(Settings::isNoOne));
  }

  /** {@code replicaof no one} takes back what stands before it. */
  private static boolean isNoOne(Directive directive) {
    return directive.name().matches("replicaof|slaveof")
        && String.join(" ", directive.values()).equalsIgnoreCase("no one");
  }

  /** All lines of a directive that may be repeated. */
  List<Directive> all(String name) {
    return given.getOrDefault(name, List.of());
  }

  Optional<Directive> find(String name) {
    return all(name).stream().findFirst();
  }

  /** The values given, or the default. */
  List<String> values(String name) {
    String fallback = DirectiveTable.named(name).defaultValue();
    return find(name)
        .map(Directive::values)
        .orElse(fallback.isEmpty() ? List.of() : List.of(fallback));
  }

  /** The only value given, or the default, or empty. */
  String text(String name) {
    return String.join(" ", values(name));
  }

  /** As {@link #text}, but absent when it is empty. */
  Optional<String> optional(String name) {
    return Optional.of(text(name)).filter(text -> !text.isEmpty());
  }

  boolean isYes(String name) throws ConfigException {
    return switch (text(name).toLowerCase(Locale.ROOT)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw error(name, "'" + text(name) + "' is neither yes nor no");
    };
  }

  int number(String name, int min, int max) throws ConfigException {
    String text = text(name);
    boolean isNumber = text.matches("\\d{1,9}");
    int number = isNumber ? Integer.parseInt(text) : min - 1;
    if (number < min || number > max) {
      throw error(name, "'" + text + "' is no number from " + min + " to " + max);
    }
    return number;
  }

  long bytes(String name, long min) throws ConfigException {
    long bytes = read(name, Quantity::bytes);
    if (bytes < min) {
      throw error(name, "'" + text(name) + "' is too little: use at least " + min + " bytes");
    }
    return bytes;
  }

  long millis(String name) throws ConfigException {
    return read(name, Quantity::millis);
  }

  <E extends Enum<E>> E choice(String name, Class<E> type) throws ConfigException {
    for (E constant : type.getEnumConstants()) {
      if (spelling(constant).equalsIgnoreCase(text(name))) {
        return constant;
      }
    }
    String usage = DirectiveTable.named(name).usage();
    throw error(name, "'" + text(name) + "' is unknown in this version: use " + usage);
  }

  /** The address in the first two values of a directive. */
  static Address address(Directive directive) throws ConfigException {
    try {
      return Hosts.address(directive.values().get(0), directive.values().get(1));
    } catch (IllegalArgumentException e) {
      throw directive.error(e.getMessage());
    }
  }

  /** An exception that names the line of a directive, or the directive when it was not given. */
  ConfigException error(String name, String problem) {
    return find(name)
        .map(directive -> directive.error(problem))
        .orElseGet(() -> new ConfigException("configuration: " + name + ": " + problem));
  }

  /** What is in force, in the order of the table; lines of one directive joined by a comma. */
  Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    for (DirectiveSpec spec : DirectiveTable.all()) {
      shown.put(spec.name(), shown(spec));
    }
    return shown;
  }

  private String shown(DirectiveSpec spec) {
    if (!spec.kind().isRepeated()) {
      return shown(spec, values(spec.name()));
    }
    return all(spec.name()).stream()
        .map(directive -> shown(spec, directive.values()))
        .collect(Collectors.joining(", "));
  }

  private static String shown(DirectiveSpec spec, List<String> values) {
    List<String> shown = new ArrayList<>(values);
    if (spec.kind().isSecret() && !String.join("", values).isEmpty()) {
      shown.set(shown.size() - 1, HIDDEN);
    }
    return String.join(" ", shown);
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private long read(String name, Reader reader) throws ConfigException {
    try {
      return reader.read(text(name));
    } catch (IllegalArgumentException e) {
      throw error(name, e.getMessage());
    }
  }

  /** Reads a quantity; complains with a message fit for users. */
  private interface Reader {
    long read(String text);
  }
}

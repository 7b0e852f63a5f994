package io.norn.agent.table;

import io.norn.command.KeySpec;
import io.norn.command.KeySpec.Begin;
import io.norn.command.KeySpec.Find;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Key specifications as they stand in the reply of {@code COMMAND}: names and values in turn. */
final class KeySpecReply {
  private KeySpecReply() {}

  /** Those that can be followed; others ({@code unknown}, or no key at all) are left out. */
  static List<KeySpec> parseAll(List<?> specs) {
    return specs.stream()
        .map(spec -> map((List<?>) spec))
        .flatMap(spec -> parse(spec).stream())
        .toList();
  }

  private static Optional<KeySpec> parse(Map<String, Object> spec) {
    Set<String> flags = CommandInfo.texts((List<?>) spec.get("flags"));
    Begin begin = begin(map((List<?>) spec.get("begin_search")));
    Find find = find(map((List<?>) spec.get("find_keys")));
    return begin == null || find == null || flags.contains("not_key")
        ? Optional.empty()
        : Optional.of(new KeySpec(begin, find, flags.contains("RO")));
  }

  private static Begin begin(Map<String, Object> search) {
    Map<String, Object> spec = map((List<?>) search.get("spec"));
    return switch (CommandInfo.text(search.get("type"))) {
      case "index" -> new Begin.Index(number(spec, "index"));
      case "keyword" ->
          new Begin.Keyword(CommandInfo.text(spec.get("keyword")), number(spec, "startfrom"));
      default -> null;
    };
  }

  private static Find find(Map<String, Object> search) {
    Map<String, Object> spec = map((List<?>) search.get("spec"));
    return switch (CommandInfo.text(search.get("type"))) {
      case "range" ->
          new Find.Range(number(spec, "lastkey"), number(spec, "keystep"), number(spec, "limit"));
      case "keynum" ->
          new Find.Counted(
              number(spec, "keynumidx"), number(spec, "firstkey"), number(spec, "keystep"));
      default -> null;
    };
  }

  private static Map<String, Object> map(List<?> namesAndValues) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
      map.put(CommandInfo.text(namesAndValues.get(i)), namesAndValues.get(i + 1));
    }
    return map;
  }

  private static int number(Map<String, Object> spec, String name) {
    return (int) (long) spec.get(name);
  }
}

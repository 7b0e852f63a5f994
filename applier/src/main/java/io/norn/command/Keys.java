package io.norn.command;

import io.norn.stream.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Where the keys of a command stand.
 *
 * @param text in words
 * @param written finds the keys that it writes
 * @param sources finds the keys that it reads; those that it also writes may be among them
 */
record Keys(String text, Function<Call, List<DbKey>> written, Function<Call, List<DbKey>> sources) {

  static final Keys NONE = writing("none", call -> List.of());
  static final Keys FIRST = writing("the first argument", call -> call.keys(1, 2, 1));
  static final Keys SECOND = writing("the second argument", call -> call.keys(2, 3, 1));
  static final Keys TWO = writing("the first two arguments", call -> call.keys(1, 3, 1));
  static final Keys ALL = writing("all arguments", call -> call.keys(1, call.count(), 1));
  static final Keys ALL_BUT_LAST =
      writing("all arguments but the last", call -> call.keys(1, call.count() - 1, 1));
  static final Keys PAIRS = writing("every second argument", call -> call.keys(1, call.count(), 2));
  static final Keys COUNTED_PAIRS =
      writing("every second argument behind their number", call -> call.countedKeys(1, 2));
  static final Keys COUNTED_FIRST =
      writing("behind their number, the first argument", call -> call.countedKeys(1, 1));
  static final Keys COUNTED_SECOND =
      writing("behind their number, the second argument", call -> call.countedKeys(2, 1));
  static final Keys BOTH_DATABASES =
      writing("the first argument, in both databases", Keys::inBothDatabases);
  static final Keys AFTER_STREAMS =
      writing("the first half of what is behind `STREAMS`", Keys::afterStreams);
  static final Keys MIGRATED =
      writing("the third argument, or those behind `KEYS`", Keys::migrated);

  static final Keys COPIED =
      new Keys(
          "writes the second argument, in the database named; reads the first",
          call -> List.of(DbKey.of(call.copyDb(), call.arg(2))),
          call -> call.keys(1, 2, 1));
  static final Keys STORE_FROM_ALL =
      new Keys(
          "writes the first argument, reads the others",
          call -> call.keys(1, 2, 1),
          call -> call.keys(2, call.count(), 1));
  static final Keys STORE_FROM_ONE =
      new Keys(
          "writes the first argument, reads the second",
          call -> call.keys(1, 2, 1),
          call -> call.keys(2, 3, 1));
  static final Keys STORE_FROM_COUNTED =
      new Keys(
          "writes the first argument, reads those behind their number",
          call -> call.keys(1, 2, 1),
          call -> call.countedKeys(2, 1));
  static final Keys BITOP =
      new Keys(
          "writes the second argument, reads those behind it",
          call -> call.keys(2, 3, 1),
          call -> call.keys(3, call.count(), 1));
  static final Keys SORTED =
      new Keys(
          "writes the one behind `STORE`, reads the first argument",
          Keys::sorted,
          call -> call.keys(1, 2, 1));
  static final Keys RADIUS =
      new Keys(
          "writes the one behind `STORE` or `STOREDIST`, reads the first argument",
          Keys::radius,
          call -> call.keys(1, 2, 1));

  private static Keys writing(String text, Function<Call, List<DbKey>> written) {
    return new Keys(text, written, call -> List.of());
  }

  List<Op> opaque(Call call) {
    Set<DbKey> keys = new LinkedHashSet<>(written.apply(call));
    Set<DbKey> read = new LinkedHashSet<>(sources.apply(call));
    read.removeAll(keys);
    return List.of(call.opaque(List.copyOf(keys), List.copyOf(read)));
  }

  private static List<DbKey> inBothDatabases(Call call) {
    return List.of(call.key(), DbKey.of((int) call.integer(2), call.arg(1)));
  }

  private static List<DbKey> afterStreams(Call call) {
    int first = call.indexOf("STREAMS", 4) + 1;
    return call.keys(first, first + (call.count() - first) / 2, 1);
  }

  private static List<DbKey> migrated(Call call) {
    return call.arg(3).length > 0
        ? call.keys(3, 4, 1)
        : call.keys(call.indexOf("KEYS", 6) + 1, call.count(), 1);
  }

  private static List<DbKey> sorted(Call call) {
    return lastStore(call, 2, Map.of("LIMIT", 2, "BY", 1, "GET", 1, "STORE", 1));
  }

  private static List<DbKey> radius(Call call) {
    return lastStore(call, 5, Map.of("STORE", 1, "STOREDIST", 1));
  }

  /** The last one counts; what belongs to another option may be that word too. */
  private static List<DbKey> lastStore(Call call, int from, Map<String, Integer> arguments) {
    List<DbKey> store = List.of();
    int at = from;
    while (at < call.count()) {
      String option = Text.upperCase(call.arg(at));
      if (option.startsWith("STORE") && arguments.containsKey(option)) {
        store = call.keys(at + 1, at + 2, 1);
      }
      at += 1 + arguments.getOrDefault(option, 0);
    }
    return store;
  }
}

package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The model's own form of a DUMP payload: the type's number in an RDB, then each part with its
 * length before it.
 */
final class Payload {
  /** Numbered as in the servers' {@code rdb.h}. */
  private static final List<String> TYPES = List.of("string", "list", "set", "zset", "hash");

  private static final char STREAM = 21;

  private Payload() {}

  static String of(Value value) {
    StringBuilder out = new StringBuilder();
    out.append(value instanceof StreamValue ? STREAM : (char) TYPES.indexOf(value.type()));
    for (String part : value.parts()) {
      out.append(part.length()).append(':').append(part);
    }
    return out.toString();
  }

  static Value parse(String payload) {
    if (payload.indexOf(STREAM) == 0) {
      return StreamValue.of(parts(payload, 1));
    }
    int type = payload.isEmpty() ? TYPES.size() : payload.charAt(0);
    if (type >= TYPES.size()) {
      throw damaged();
    }
    return value(TYPES.get(type), parts(payload, 1));
  }

  private static List<String> parts(String payload, int start) {
    List<String> parts = new ArrayList<>();
    int at = start;
    while (at < payload.length()) {
      int colon = payload.indexOf(':', at);
      int length = Integer.parseInt(payload.substring(at, colon));
      parts.add(payload.substring(colon + 1, colon + 1 + length));
      at = colon + 1 + length;
    }
    return parts;
  }

  private static Value value(String type, List<String> parts) {
    return switch (type) {
      case "string" -> new StringValue(parts.get(0));
      case "set" -> new SetValue(new TreeSet<>(parts));
      case "list" -> new ListValue(new ArrayList<>(parts));
      case "hash" -> hash(parts);
      case "zset" -> sortedSet(parts);
      default -> throw damaged();
    };
  }

  private static Value hash(List<String> parts) {
    TreeMap<String, String> fields = new TreeMap<>();
    for (int i = 0; i < parts.size(); i += 2) {
      fields.put(parts.get(i), parts.get(i + 1));
    }
    return new HashValue(fields);
  }

  private static Value sortedSet(List<String> parts) {
    TreeMap<String, Double> scores = new TreeMap<>();
    for (int i = 0; i < parts.size(); i += 2) {
      scores.put(parts.get(i), Double.valueOf(parts.get(i + 1)));
    }
    return new SortedSetValue(scores);
  }

  private static CommandFailure damaged() {
    return new CommandFailure("ERR Bad data format");
  }
}

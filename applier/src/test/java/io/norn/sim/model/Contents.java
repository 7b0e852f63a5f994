package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;

/** Reads what a server's dump says of one key. */
public final class Contents {
  private Contents() {}

  /** Fields of a hash, or members of a set or sorted set; none for anything else. */
  public static List<String> elements(String dumped) {
    if (dumped.isEmpty()) {
      return List.of();
    }
    Value value = Payload.parse(dumped.substring(0, dumped.lastIndexOf(" @")));
    List<String> parts = value.parts();
    return switch (value.type()) {
      case "set" -> parts;
      case "hash", "zset" -> everySecond(parts);
      default -> List.of();
    };
  }

  private static List<String> everySecond(List<String> parts) {
    List<String> picked = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += 2) {
      picked.add(parts.get(i));
    }
    return picked;
  }
}

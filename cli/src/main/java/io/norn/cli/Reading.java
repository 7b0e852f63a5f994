package io.norn.cli;

import io.norn.server.ServerConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON that an agent answers with. */
final class Reading {
  private Reading() {}

  /** An array of objects. */
  static List<Map<?, ?>> objects(ServerConnection agent, String json) throws CliException {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (parsed(agent, json) instanceof List<?> list) {
      for (Object element : list) {
        objects.add(object(agent, element));
      }
      return objects;
    }
    throw notUnderstood(agent);
  }

  /** One object. */
  static Map<?, ?> object(ServerConnection agent, String json) throws CliException {
    return object(agent, parsed(agent, json));
  }

  private static Map<?, ?> object(ServerConnection agent, Object value) throws CliException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw notUnderstood(agent);
  }

  private static Object parsed(ServerConnection agent, String json) throws CliException {
    try {
      return JsonText.parse(json);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.FAILED, agent.endpoint() + ": " + e.getMessage());
    }
  }

  private static CliException notUnderstood(ServerConnection agent) {
    return new CliException(
        ExitCode.FAILED, agent.endpoint() + " answers something else: is it an agent of Norn?");
  }

  /** What an object says, its texts and numbers. */
  static Values values(Map<?, ?> object) {
    Map<String, String> fields = new LinkedHashMap<>();
    object.forEach((name, value) -> fields.put(String.valueOf(name), String.valueOf(value)));
    return new Values(fields);
  }

  /** The values of an object within an object. */
  static Values inner(Map<?, ?> object, String name) {
    return object.get(name) instanceof Map<?, ?> map ? values(map) : new Values(Map.of());
  }

  /** The objects of an array within an object. */
  static List<Map<?, ?>> list(Map<?, ?> object, String name) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (object.get(name) instanceof List<?> list) {
      list.forEach(
          element -> {
            if (element instanceof Map<?, ?> map) {
              objects.add(map);
            }
          });
    }
    return objects;
  }
}

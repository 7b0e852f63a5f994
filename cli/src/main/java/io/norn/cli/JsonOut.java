package io.norn.cli;

import io.norn.agent.part.Json;

/** What {@code --json} prints. */
final class JsonOut {
  private JsonOut() {}

  static String of(Object value) {
    return Json.of(value);
  }
}

package io.norn.agent.scenario;

/** A scenario file that cannot be understood; the message names file and line. */
final class ScenarioSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScenarioSyntaxException(Place place, String what) {
    super(place + ": " + what);
  }
}

package io.norn.agent.scenario;

/**
 * A line of a scenario file.
 *
 * @param file its name
 * @param line from 1
 */
record Place(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}

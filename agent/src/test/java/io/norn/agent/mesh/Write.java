package io.norn.agent.mesh;

/**
 * A command of a client.
 *
 * @param counter key whose exact value is checked at the end; null for other keys
 * @param delta what the command adds to it
 * @param command name and arguments
 */
record Write(String counter, long delta, String... command) {
  static Write of(String... command) {
    return new Write(null, 0, command);
  }
}

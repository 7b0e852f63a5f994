package io.norn.sim.model;

import java.util.Map;

/**
 * A command of the model.
 *
 * @param arity as in COMMAND INFO: exact count with the name, or the negated minimum
 * @param body what it does; answers the reply
 */
record Command(int arity, Body body) {
  /** What a command does. */
  @FunctionalInterface
  interface Body {
    Object run(Call call);
  }

  /** A family of commands adds itself to a table. */
  @FunctionalInterface
  interface Family {
    void addTo(Map<String, Command> table);
  }

  boolean accepts(int words) {
    return arity >= 0 ? words == arity : words >= -arity;
  }
}

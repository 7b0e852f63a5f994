package io.norn.examples.mesh;

import java.util.List;

/**
 * How to start an agent on this machine.
 *
 * @param command program and arguments that come before the agent's directives
 */
public record AgentProgram(List<String> command) {
  /** Keeps a copy of the command. */
  public AgentProgram {
    command = List.copyOf(command);
  }
}

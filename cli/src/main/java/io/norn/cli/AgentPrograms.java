package io.norn.cli;

import io.norn.examples.mesh.AgentProgram;
import java.nio.file.Path;
import java.util.List;

/** How this installation of norn starts an agent. */
final class AgentPrograms {
  private AgentPrograms() {}

  /** The launcher, which knows the right options for Java; without one, this Java as it is. */
  static AgentProgram current() {
    String launcher = System.getProperty("norn.launcher");
    if (launcher != null) {
      return new AgentProgram(List.of(launcher, "agent"));
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return new AgentProgram(List.of(java, "-cp", classPath, Main.class.getName(), "agent"));
  }
}

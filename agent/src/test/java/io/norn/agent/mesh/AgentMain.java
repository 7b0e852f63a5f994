package io.norn.agent.mesh;

import io.norn.agent.AgentDaemon;
import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.ConfigException;
import java.io.IOException;
import java.util.List;

/** An agent as a process: runs until it is asked to stop. */
final class AgentMain {
  static final String READY = "agent-ready ";
  static final String FAILED = "agent-failed ";
  static final int EXIT_CODE = 4;

  private AgentMain() {}

  public static void main(String[] args) throws InterruptedException {
    try {
      AgentDaemon daemon = AgentDaemon.start(AgentConfig.load(List.of(args)));
      Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "stop"));
      System.out.println(READY + daemon.port());
      daemon.awaitStopped();
      System.exit(0);
    } catch (ConfigException | IOException e) {
      System.out.println(FAILED + e.getMessage());
      System.exit(EXIT_CODE);
    }
  }
}

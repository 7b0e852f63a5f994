package io.norn.agent.config;

import io.norn.net.Endpoint;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything an agent is told at start, checked.
 *
 * @param identity who it is
 * @param listen its own port
 * @param directory where it keeps its data, absolute
 * @param local its own server
 * @param peers the other servers
 * @param journal how streams are kept
 * @param timing limits of time
 * @param policies who wins
 * @param monitoring metrics and status page
 * @param logLevel what is logged
 * @param directives what is in force, by name, for {@code CONFIG GET}; passwords masked
 */
public record AgentConfig(
    Identity identity,
    Listen listen,
    Path directory,
    Endpoint local,
    PeersConfig peers,
    JournalConfig journal,
    Timing timing,
    Policies policies,
    Monitoring monitoring,
    LogLevel logLevel,
    Map<String, String> directives) {

  public AgentConfig {
    directives = Collections.unmodifiableMap(new LinkedHashMap<>(directives));
  }

  /**
   * The configuration from a command line {@code [FILE] [--directive VALUE…]…}.
   *
   * @throws ConfigException if anything is wrong with it, in one line for users
   */
  public static AgentConfig load(List<String> arguments) throws ConfigException {
    Settings settings = new Settings(Arguments.parse(arguments).directives());
    return new Conclusion(settings, Hosts::ownName).conclude();
  }

  /**
   * The configuration from directives, later ones before earlier ones.
   *
   * @param hostName of this host, from which the default of the node id is made
   * @throws ConfigException if anything is wrong with it, in one line for users
   */
  public static AgentConfig conclude(List<Directive> directives, String hostName)
      throws ConfigException {
    return new Conclusion(new Settings(directives), () -> hostName).conclude();
  }
}

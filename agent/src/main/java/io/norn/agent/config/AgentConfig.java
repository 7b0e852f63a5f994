package io.norn.agent.config;

import io.norn.net.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
 * @param origin where it came from
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
    Arguments origin,
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
    return of(Arguments.parse(arguments), List.of(), Hosts::ownName);
  }

  private static AgentConfig of(
      Arguments origin, List<Directive> changes, Supplier<String> hostName) throws ConfigException {
    List<Directive> all = new ArrayList<>(origin.directives());
    all.addAll(changes);
    return new Conclusion(new Settings(Secrets.resolve(all)), hostName, origin).conclude();
  }

  /** With these directives, and all else read again from where it was. */
  AgentConfig reloaded(List<Directive> changes) throws ConfigException {
    return of(origin.reread(), changes, Hosts::ownName);
  }

  /** With these directives, and all else as it was. */
  AgentConfig changed(List<Directive> changes) throws ConfigException {
    return of(origin, changes, Hosts::ownName);
  }

  /**
   * The configuration from directives, later ones before earlier ones.
   *
   * @param hostName of this host, from which the default of the node id is made
   * @throws ConfigException if anything is wrong with it, in one line for users
   */
  public static AgentConfig conclude(List<Directive> directives, String hostName)
      throws ConfigException {
    return of(Arguments.of(directives), List.of(), () -> hostName);
  }
}

package io.norn.agent.control;

import io.norn.agent.journals.ServedStream;
import io.norn.net.Address;
import java.util.List;
import java.util.Map;

/**
 * What the control port can do to a running agent. All methods may be called from any thread and
 * return without waiting for the network.
 */
public interface AgentControl {
  /**
   * Starts to follow a peer, and remembers it over restarts; nothing happens if it is already
   * followed.
   *
   * @throws IllegalArgumentException if the address cannot be a peer (the local server, the agent
   *     itself); fit for users
   */
  void addPeer(Address peer);

  /** Stops to follow a peer and forgets it; false if it was not followed. */
  boolean removePeer(Address peer);

  /**
   * Reads nothing of a peer until {@link #resumePeer}, also over restarts; false if it is not
   * followed.
   */
  boolean pausePeer(Address peer);

  /** Takes a pause back; false if the peer is not followed. */
  boolean resumePeer(Address peer);

  /** The peers that are followed, in the order in which they were added. */
  List<Address> peers();

  /**
   * Everything there is to see, as sections of named values, both in the order in which to show
   * them: {@code Server}, {@code Local}, {@code Peer0} … The value {@code link} of {@code Local}
   * and of {@code Peer0} is {@code up} when that link works, by which {@code ROLE} goes.
   */
  Map<String, Map<String, String>> status();

  /** The configuration in force: directive to value, passwords masked. */
  Map<String, String> configuration();

  /**
   * Changes directives, all or none.
   *
   * @throws IllegalArgumentException if one cannot be changed or has a wrong value; fit for users
   */
  void configure(Map<String, String> values);

  /**
   * Reads configuration and secrets again.
   *
   * @throws IllegalArgumentException if something is wrong there; fit for users
   */
  void reloadConfiguration();

  /**
   * Writes what was changed into the configuration file.
   *
   * @throws IllegalArgumentException if there is none or it cannot be written; fit for users
   */
  void rewriteConfiguration();

  /** What operators may look into. */
  Inspection inspection();

  /** What the journals hold, for agents of other nodes that want to go on from there. */
  List<ServedStream> streams();

  /** Stops the agent cleanly; returns at once. */
  void shutdown();
}

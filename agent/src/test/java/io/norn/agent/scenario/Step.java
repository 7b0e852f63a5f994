package io.norn.agent.scenario;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One line of a scenario. */
sealed interface Step {
  Place place();

  /**
   * A command of a client of one node.
   *
   * @param node from 1
   * @param expected its reply; if empty, anything but an error
   */
  record Run(Place place, int node, Command command, Optional<ReplyPattern> expected)
      implements Step {}

  /** Must hold on every node, sooner or later. */
  record All(Place place, Command command, ReplyPattern expected) implements Step {}

  /** Every node gives the same reply. */
  record Same(Place place, Command command) implements Step {}

  /**
   * Links are restored until these nodes are quiet.
   *
   * @param among numbers of nodes, from 1
   */
  record Sync(Place place, Set<Integer> among) implements Step {
    public Sync {
      among = Collections.unmodifiableSet(new TreeSet<>(among));
    }
  }

  /** Time passes, for what expires. */
  record Wait(Place place, long millis) implements Step {}

  /**
   * What is sent to a server.
   *
   * @param db database
   * @param words one character for each byte
   */
  record Command(int db, List<String> words) {
    public Command {
      words = List.copyOf(words);
    }

    boolean is(String name) {
      return words.get(0).equalsIgnoreCase(name);
    }

    @Override
    public String toString() {
      return (db == 0 ? "" : "in database " + db + ": ") + String.join(" ", words);
    }
  }
}

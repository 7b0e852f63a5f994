package io.norn.sim.mesh;

import io.norn.sim.model.ModelConnection;
import io.norn.sim.model.StreamEntry;
import io.norn.sim.model.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What clients put into lists with unique elements, and what they took out. */
final class QueueLedger {
  private static final String PREFIX = "q";
  private static final int MAX_QUEUES = 4;
  private static final Set<String> TAKING = Set.of("LPOP", "RPOP", "LREM", "LTRIM");

  private final Set<String> pushed = new TreeSet<>();
  private final Set<String> removed = new TreeSet<>();

  static boolean isQueue(String key) {
    return key.startsWith(PREFIX);
  }

  /** All elements of a server's queues. */
  static Set<String> elements(SimNode node) {
    Set<String> elements = new HashSet<>();
    ModelConnection connection = node.server().model().connect();
    for (int i = 0; i < MAX_QUEUES; i++) {
      for (Object each : (List<?>) connection.execute("LRANGE", PREFIX + i, "0", "-1")) {
        elements.add(Text.of((byte[]) each));
      }
    }
    connection.close();
    return elements;
  }

  /** Something was executed at a server. */
  void executed(Set<String> before, Set<String> after) {
    for (String each : after) {
      if (!before.contains(each)) {
        pushed.add(each);
      }
    }
    for (String each : before) {
      if (!after.contains(each)) {
        removed.add(each);
      }
    }
  }

  /**
   * What is wrong with what is there in the end; null if nothing is.
   *
   * @param left what is there
   */
  String verdict(Set<String> left) {
    Set<String> lost = new TreeSet<>(pushed);
    lost.removeAll(removed);
    lost.removeAll(left);
    Set<String> back = new TreeSet<>(removed);
    back.retainAll(left);
    return lost.isEmpty() && back.isEmpty()
        ? null
        : "removed though nobody got them: " + lost + ", back though somebody got them: " + back;
  }

  /** True if for every command of a client that took something a tick says what. */
  static boolean isAllTold(SimNode node) {
    Set<Long> told = new HashSet<>();
    Set<Long> untold = new HashSet<>();
    boolean inMarked = false;
    for (StreamEntry entry : node.server().model().stream().entries()) {
      List<String> words = entry.words();
      String name = entry.name().toUpperCase(Locale.ROOT);
      if (name.equals("MULTI") || name.equals("EXEC")) {
        inMarked = false;
      } else if (words.size() > 1 && words.get(1).equals("__norn:v")) {
        inMarked = true;
      } else if (TAKING.contains(name) && isQueue(words.get(1)) && !inMarked) {
        untold.add(entry.endOffset());
      } else if (words.size() > 1 && words.get(1).equals("__norn")) {
        read(words.get(words.size() - 1), told, untold);
      }
    }
    return untold.isEmpty();
  }

  private static void read(String text, Set<Long> told, Set<Long> untold) {
    int list = text.indexOf(" p:");
    if (list >= 0) {
      for (String each : text.substring(list + 3).split(",", -1)) {
        told.add(Long.valueOf(each.split("[<>]", -1)[0]));
      }
    }
    String[] parts = (text.startsWith("t ") ? text.substring(2) : text).split(" ", -1);
    if (parts.length >= 3 && parts[2].matches("[0-9]+")) {
      long upto = Long.parseLong(parts[2]);
      untold.removeIf(offset -> offset <= upto && told.contains(offset));
    }
  }

  /** Commands after which whoever reads the stream knows what the queues hold: nothing. */
  static List<String[]> introduction(int keys) {
    List<String[]> commands = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      commands.add(new String[] {"RPUSH", PREFIX + i, "first"});
      commands.add(new String[] {"DEL", PREFIX + i});
      commands.add(new String[] {"ZADD", "p" + i, "1", "first"});
      commands.add(new String[] {"DEL", "p" + i});
    }
    return commands;
  }
}

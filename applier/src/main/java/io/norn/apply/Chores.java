package io.norn.apply;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All chores of a node's apply loop. */
final class Chores {
  private final List<Chore> list = new CopyOnWriteArrayList<>();

  void add(Chore chore) {
    list.add(chore);
  }

  boolean areWaiting() {
    return list.stream().anyMatch(Chore::isWaiting);
  }

  /** How long the loop may sleep when it has nothing else to do. */
  long nextMillis(long atMost) {
    return list.stream().mapToLong(Chore::nextMillis).reduce(atMost, Math::min);
  }

  void run(ApplyConnection connection) throws IOException, InterruptedException {
    for (Chore chore : list) {
      if (chore.isWaiting()) {
        chore.run(connection);
      }
    }
  }
}

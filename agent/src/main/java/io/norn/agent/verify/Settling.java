package io.norn.agent.verify;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which of some suspects really differ. Most were only on their way, and are equal when
 * what was written has passed; the rest is looked at in a way that leaves no doubt, twice, because
 * an agent may still be about to correct something as a client would.
 */
final class Settling {
  private static final int ROUNDS_ON_THE_WAY = 3;
  private static final int MAX_WATCHED = 64;
  private static final int MAX_TRIES = 25;
  private static final long PAUSE_MILLIS = 300;

  private final Comparing comparing;
  private final WatchedLook look;
  private final Passage passage;
  private final Results results;

  Settling(List<VerifiedNode> nodes, Passage passage, Results results) {
    this.comparing = new Comparing(nodes);
    this.look = new WatchedLook(nodes, passage);
    this.passage = passage;
    this.results = results;
  }

  /** Settles suspects of one database. */
  void settle(int db, List<Suspect> suspects) throws IOException, InterruptedException {
    List<Suspect> left = suspects;
    for (int round = 0; round < ROUNDS_ON_THE_WAY && !left.isEmpty(); round++) {
      passage.await();
      left = comparing.differing(db, left);
      results.suspects(left.size());
    }
    for (int from = 0; from < left.size(); from += MAX_WATCHED) {
      exactly(db, left.subList(from, Math.min(left.size(), from + MAX_WATCHED)));
    }
    results.suspects(0);
  }

  /** Keys that clients keep touching are parted from the others by halves. */
  private void exactly(int db, List<Suspect> suspects) throws IOException, InterruptedException {
    Optional<List<Difference>> first = look.at(db, suspects);
    if (first.isPresent()) {
      confirm(db, first.get());
    } else if (suspects.size() == 1) {
      single(db, suspects);
    } else {
      List<Suspect> still = comparing.differing(db, suspects);
      int half = (still.size() + 1) / 2;
      for (int from = 0; from < still.size(); from += half) {
        exactly(db, still.subList(from, Math.min(still.size(), from + half)));
      }
    }
  }

  private void confirm(int db, List<Difference> differences)
      throws IOException, InterruptedException {
    if (differences.isEmpty()) {
      return;
    }
    Thread.sleep(PAUSE_MILLIS);
    List<Suspect> suspects = differences.stream().map(Difference::suspect).toList();
    Optional<List<Difference>> second = look.at(db, suspects);
    if (second.isPresent()) {
      second.get().forEach(results::add);
    } else {
      for (Suspect suspect : suspects) {
        single(db, List.of(suspect));
      }
    }
  }

  private void single(int db, List<Suspect> suspect) throws IOException, InterruptedException {
    int differed = 0;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<List<Difference>> seen = look.at(db, suspect);
      if (seen.isPresent() && seen.get().isEmpty()) {
        return;
      }
      if (seen.isPresent() && ++differed == 2) {
        results.add(seen.get().get(0));
        return;
      }
      if (comparing.differing(db, suspect).isEmpty()) {
        return;
      }
      Thread.sleep(seen.isPresent() ? PAUSE_MILLIS : 1);
    }
    results.unsettled();
  }
}

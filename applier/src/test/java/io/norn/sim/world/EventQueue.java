package io.norn.sim.world;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: actions run in the order of their moments, one after the other. */
public final class EventQueue {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atMicros).thenComparingLong(Event::number));
  private long nowMicros;
  private long scheduled;

  /** The moment of the action that runs. */
  public long nowMicros() {
    return nowMicros;
  }

  /** Runs the action so much later. */
  public void after(long delayMicros, Runnable action) {
    at(nowMicros + delayMicros, action);
  }

  /** Runs the action at a moment, at once if that is over. */
  public void at(long atMicros, Runnable action) {
    events.add(new Event(Math.max(atMicros, nowMicros), scheduled++, action));
  }

  /** Runs everything up to a moment. */
  public void runUntil(long untilMicros) {
    while (!events.isEmpty() && events.peek().atMicros() <= untilMicros) {
      Event event = events.poll();
      nowMicros = event.atMicros();
      event.action().run();
    }
    nowMicros = untilMicros;
  }

  private record Event(long atMicros, long number, Runnable action) {}
}

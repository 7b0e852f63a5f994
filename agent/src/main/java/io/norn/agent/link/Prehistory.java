package io.norn.agent.link;

import io.norn.agent.node.Checkpoint;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.Succession;
import io.norn.stream.Tick;
import io.norn.stream.TickFinder;
import java.io.IOException;
import java.util.List;

/**
 * Streams that the local server has left, as far as they belong to what it holds now: they are read
 * once more to build the window. What they brought beyond that comes as from a peer.
 */
public final class Prehistory {
  private static final long POLL_MILLIS = 10;

  private final NodeMonitor monitor;
  private final Journal journal;
  private final List<Succession> successions;
  private final OldFeeds old;
  private final Runnable onBegin;
  private StreamId stream;
  private DecoderState state;

  /**
   * Prepares it.
   *
   * @param from where the state begins
   * @param successions all that are known, oldest first
   * @param onBegin called when the own stream of now begins, if it does not at once
   */
  public Prehistory(
      NodeMonitor monitor,
      Journal journal,
      Checkpoint from,
      List<Succession> successions,
      OldFeeds old,
      Runnable onBegin) {
    this.monitor = monitor;
    this.journal = journal;
    this.stream = from.own();
    this.state = from.state();
    this.successions = successions;
    this.old = old;
    this.onBegin = onBegin;
  }

  /** Opens what may not be applied yet of streams that were left before the state begins. */
  public void openLeft() {
    String last = stream.stream();
    for (Succession each : successions) {
      if (Succession.isConnected(each.to(), last, successions)) {
        open(each.old(stream.node()), each.closing());
      }
    }
  }

  private void open(StreamId left, Tick closing) {
    Progress applied = monitor.with(known -> known.applied().get(left));
    boolean isHeld =
        applied != null
            && journal.streams().stream()
                .anyMatch(
                    range ->
                        range.stream().equals(left.stream())
                            && InboundJournal.holds(range, applied.offset()));
    if (isHeld) {
      old.open(left, DecoderState.of(applied), journal, closing);
    }
  }

  /** Where the own stream of now is to be read from. */
  public DecoderState beginning() {
    DecoderState beginning = state;
    Succession next = Succession.after(stream.stream(), successions);
    while (next != null) {
      beginning = next.beginning();
      next = Succession.after(next.to(), successions);
    }
    return beginning;
  }

  /** Reads up to where the own stream of now begins. Does nothing the second time. */
  void replay() throws IOException, InterruptedException {
    Succession next = Succession.after(stream.stream(), successions);
    if (next == null) {
      return;
    }
    while (next != null) {
      monitor.with(
          known -> {
            known.decoder().onDelete(delete -> {});
            return null;
          });
      replay(next);
      next = Succession.after(stream.stream(), successions);
    }
    onBegin.run();
    monitor.askForVector();
  }

  private void replay(Succession next) throws IOException, InterruptedException {
    try (JournalReader reader = journal.reader(stream.stream(), state.offset())) {
      CommandReader commands = new CommandReader(state.offset(), state.db());
      boolean goesOn = true;
      while (goesOn) {
        JournalEntry entry = reader.next();
        goesOn = entry != null && entry.stream().equals(stream.stream());
        if (goesOn) {
          feed(commands.take(entry.bytes(), entry.bytes().length), next);
        }
      }
    }
    awaitProcessed(next);
    StreamId left = stream;
    monitor.feedOwn(known -> known.continueAs(next));
    stream = next.next(stream.node());
    state = next.beginning();
    open(left, next.closing());
  }

  /** Of what the server's data do not hold only the ticks count here. */
  private void feed(List<CommandReader.Command> commands, Succession next) {
    TickFinder finder = new TickFinder(false);
    monitor.feedOwn(
        known -> {
          for (CommandReader.Command command : commands) {
            if (command.endOffset() <= next.at()) {
              known.own(command.args(), command.endOffset());
            } else {
              Tick tick = finder.accept(command.args(), command.endOffset());
              if (tick != null) {
                known.foresee(tick);
              }
            }
          }
        });
  }

  /** Behind a marker more of a peer's stream may have to be read first. */
  private void awaitProcessed(Succession next) throws InterruptedException {
    monitor.observe(next.hlc());
    monitor.feedOwn(known -> known.foresee(next.closing()));
    while (monitor.with(known -> known.backlog().isStalled())) {
      Thread.sleep(POLL_MILLIS);
      monitor.feedOwn(known -> {});
    }
  }
}

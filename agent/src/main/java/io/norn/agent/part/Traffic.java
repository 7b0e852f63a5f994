package io.norn.agent.part;

import java.util.concurrent.atomic.LongAdder;

/** How much came over a link since the agent started. May be used by any thread. */
public final class Traffic {
  private final LongAdder bytes = new LongAdder();
  private final LongAdder commands = new LongAdder();

  public void addBytes(long count) {
    bytes.add(count);
  }

  public void addCommands(long count) {
    commands.add(count);
  }

  /** Bytes of the stream that were received. */
  public long bytes() {
    return bytes.sum();
  }

  /** Commands that were decoded, those of agents among them. */
  public long commands() {
    return commands.sum();
  }
}

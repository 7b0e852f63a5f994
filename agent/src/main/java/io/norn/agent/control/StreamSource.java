package io.norn.agent.control;

import io.norn.agent.journals.ServedStream;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Finds the journal from which a follower can go on. */
final class StreamSource {
  private final Supplier<List<ServedStream>> streams;

  StreamSource(Supplier<List<ServedStream>> streams) {
    this.streams = streams;
  }

  /**
   * A stream that is held at a position.
   *
   * @param name of the stream, or the id under which its primary goes on with it now
   * @param offset end of what the follower has
   * @throws CommandException if there is none
   */
  ServedStream find(String name, long offset) {
    List<ServedStream> named = named(name);
    if (named.isEmpty()) {
      throw new CommandException("NOTHELD no journal of this agent holds the stream " + name);
    }
    return named.stream()
        .filter(stream -> stream.holds(offset))
        .max(Comparator.comparingLong(stream -> stream.range().endOffset()))
        .orElseThrow(() -> notHeld(named.get(0), offset));
  }

  private List<ServedStream> named(String name) {
    List<ServedStream> all = streams.get();
    List<ServedStream> exact = all.stream().filter(each -> each.name().equals(name)).toList();
    return exact.isEmpty()
        ? all.stream().filter(each -> each.replid().equals(name)).toList()
        : exact;
  }

  private static CommandException notHeld(ServedStream stream, long offset) {
    return new CommandException(
        "NOTHELD this agent holds the stream "
            + stream.name()
            + " from "
            + stream.range().firstOffset()
            + " to "
            + stream.range().endOffset()
            + ", not at "
            + offset);
  }
}

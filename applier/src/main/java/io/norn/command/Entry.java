package io.norn.command;

import java.util.List;
import java.util.function.Function;

/** One line of the table: what it says, and the code that takes such a command apart. */
record Entry(CommandRule rule, Function<Call, List<Op>> parser) {

  /** The same, but servers put those commands into the stream in its place. */
  Entry arrivesAs(String... names) {
    return with(List.of(names), rule.note());
  }

  Entry note(String note) {
    return with(rule.arrivesAs(), note);
  }

  private Entry with(List<String> arrivesAs, String note) {
    return new Entry(
        new CommandRule(rule.name(), rule.group(), rule.kind(), rule.keys(), arrivesAs, note),
        parser);
  }
}

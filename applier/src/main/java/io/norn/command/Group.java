package io.norn.command;

import java.util.List;
import java.util.function.Function;

/** Words in which the lines of one part of the table are written. */
record Group(CommandGroup group) {

  Entry overwrite(String name, Keys keys, Function<Call, List<Op>> parser) {
    return entry(name, CommandKind.OVERWRITE, keys, parser);
  }

  Entry elements(String name, Keys keys, Function<Call, List<Op>> parser) {
    return entry(name, CommandKind.ELEMENTS, keys, parser);
  }

  Entry delta(String name, Keys keys, Function<Call, List<Op>> parser) {
    return entry(name, CommandKind.DELTA, keys, parser);
  }

  Entry opaque(String name, Keys keys) {
    return entry(name, CommandKind.OPAQUE, keys, keys::opaque);
  }

  Entry opaque(String name, Keys keys, Function<Call, List<Op>> parser) {
    return entry(name, CommandKind.OPAQUE, keys, parser);
  }

  Entry flush(String name, Function<Call, List<Op>> parser) {
    return entry(name, CommandKind.FLUSH, Keys.NONE, parser);
  }

  Entry library(String name, Function<Call, List<Op>> parser) {
    return entry(name, CommandKind.LIBRARY, Keys.NONE, parser);
  }

  Entry server(String name) {
    return entry(name, CommandKind.SERVER, Keys.NONE, Keys.NONE::opaque);
  }

  private Entry entry(String name, CommandKind kind, Keys keys, Function<Call, List<Op>> parser) {
    return new Entry(new CommandRule(name, group, kind, keys.text(), List.of(), ""), parser);
  }
}

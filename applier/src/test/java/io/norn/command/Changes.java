package io.norn.command;

import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.List;
import java.util.stream.Stream;

/** Commands and operations as text, which is easier to read and to compare. */
final class Changes {
  static final int DB = 3;

  /** A second, so that relative times are easy to reckon with. */
  static final long HLC_MICROS = 1_000_000;

  private Changes() {}

  static Change change(String... words) {
    return new Change(DB, Stream.of(words).map(Text::bytes).toArray(byte[][]::new), 0);
  }

  /** A command written with blanks between its words. */
  static List<Op> parse(String command) {
    return new CommandTable().parse(change(command.split(" ", 0)), HLC_MICROS);
  }

  static DbKey key(String name) {
    return DbKey.of(DB, Text.bytes(name));
  }

  static DbKey key(int db, String name) {
    return DbKey.of(db, Text.bytes(name));
  }

  static String text(Op op) {
    if (op instanceof Op.Replace replace) {
      return replace.type() + " " + text(replace.command());
    } else if (op instanceof Op.Delete delete) {
      return "delete " + delete.key().key();
    } else if (op instanceof Op.Elements elements) {
      return elements.type()
          + " "
          + elements.key().key()
          + elements.ops().stream().map(Changes::text).toList();
    } else if (op instanceof Op.Flush flush) {
      return "flush " + flush.db();
    } else if (op instanceof Op.Library library) {
      return "library " + library.name();
    }
    Op.Opaque opaque = (Op.Opaque) op;
    return "opaque " + names(opaque.keys()) + " from " + names(opaque.sources());
  }

  static List<String> texts(String command) {
    return parse(command).stream().map(Changes::text).toList();
  }

  private static List<String> names(List<DbKey> keys) {
    return keys.stream()
        .map(key -> key.db() == DB ? key.key().toString() : key.toString())
        .toList();
  }

  private static String text(ElementOp op) {
    Bytes name = op.element().name();
    if (op instanceof ElementOp.Put put) {
      return name + "=" + Text.latin1(put.value());
    } else if (op instanceof ElementOp.Add add) {
      return name + "+" + Text.latin1(add.delta());
    } else if (op instanceof ElementOp.Bound bound) {
      return name + " " + bound.flag() + " " + Text.latin1(bound.score());
    }
    return "-" + name;
  }

  private static String text(byte[][] command) {
    return String.join(" ", Stream.of(command).map(Text::latin1).toList());
  }
}

package io.norn.command;

import io.norn.stream.Text;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Libraries of functions: each is loaded and removed as a whole. */
final class LibraryCommands {
  /** The first line of a library, as {@code functions.c} of servers reads it. */
  private static final Pattern NAME = Pattern.compile("^#![^\\n]*?\\sname=([^\\s]+)");

  private static final byte[] FUNCTION = Text.bytes("FUNCTION");

  private LibraryCommands() {}

  static List<Op> load(Call call) {
    byte[] code = call.arg(call.count() - 1);
    Matcher name = NAME.matcher(Text.latin1(code));
    if (!name.find()) {
      throw new Call.MalformedCallException();
    }
    byte[][] command = {FUNCTION, Text.bytes("LOAD"), Text.bytes("REPLACE"), code};
    return List.of(new Op.Library(name.group(1), command));
  }

  static List<Op> delete(Call call) {
    byte[][] command = {FUNCTION, Text.bytes("DELETE"), call.arg(2)};
    return List.of(new Op.Library(Text.latin1(call.arg(2)), command));
  }

  static List<Op> flush(Call call) {
    return List.of(new Op.Library("", call.args()));
  }
}

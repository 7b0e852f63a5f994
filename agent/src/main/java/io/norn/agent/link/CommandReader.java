package io.norn.agent.link;

import io.norn.resp.CommandFramer;
import io.norn.resp.MalformedStreamException;
import io.norn.resp.RespLimits;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream's bytes into commands, and follows the selected database. */
final class CommandReader {
  private final CommandFramer framer;
  private long position;
  private int db;

  /** Starts at a boundary of commands. */
  CommandReader(long offset, int db) {
    this.framer = new CommandFramer(offset, RespLimits.DEFAULT);
    this.position = offset;
    this.db = db;
  }

  /** A command and its end in the stream. */
  record Command(byte[][] args, long endOffset) {}

  /** Takes the next bytes, which may end inside a command; gives those that are complete now. */
  List<Command> take(byte[] buffer, int length) throws MalformedStreamException {
    framer.feed(buffer, 0, length);
    position += length;
    List<Command> commands = new ArrayList<>();
    while (framer.next()) {
      Command command = new Command(framer.command(), framer.endOffset());
      follow(command.args());
      commands.add(command);
    }
    return commands;
  }

  private void follow(byte[][] args) {
    if (args.length == 2 && Text.is(args[0], "SELECT")) {
      db = (int) Text.integer(args[1]).orElse(db);
    }
  }

  /** End of what was taken. */
  long position() {
    return position;
  }

  /** End of the last complete command. */
  long boundary() {
    return framer.endOffset();
  }

  /** Database selected behind the last complete command. */
  int db() {
    return db;
  }
}

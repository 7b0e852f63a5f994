package io.norn.agent.link;

import io.norn.resp.CommandFramer;
import io.norn.resp.MalformedStreamException;
import io.norn.resp.RespLimits;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a link's bytes at boundaries of commands, so that a journal never ends inside one, and
 * follows the selected database.
 */
final class WholeCommands {
  private static final int KEPT_BYTES = 256 << 10;

  private final CommandFramer framer;
  private long position;
  private byte[] pending = new byte[KEPT_BYTES];
  private int pendingLength;
  private int taken;
  private int db;
  private boolean askedForAck;

  WholeCommands(long offset, int db) {
    this.framer = new CommandFramer(offset, RespLimits.DEFAULT);
    this.position = offset;
    this.db = db;
  }

  /** A command and its end in the stream. */
  record Command(byte[][] args, long endOffset) {}

  /**
   * Complete commands with their bytes.
   *
   * @param offset stream offset of the first byte
   * @param db database selected before the first command
   * @param bytes of the commands, from index 0 to {@code length}
   * @param length number of bytes
   * @param commands the commands
   */
  record Run(long offset, int db, byte[] bytes, int length, List<Command> commands) {}

  /**
   * Takes the next bytes of the link; null if no command is complete by now. The run is valid until
   * the next call.
   */
  Run take(byte[] buffer, int length) throws IOException {
    dropTaken();
    append(buffer, length);
    List<Command> commands = commands(buffer, length);
    if (commands.isEmpty()) {
      return null;
    }
    long end = commands.get(commands.size() - 1).endOffset();
    taken = (int) (end - position);
    Run run = new Run(position, db, pending, taken, commands);
    position = end;
    commands.forEach(this::follow);
    return run;
  }

  private void dropTaken() {
    System.arraycopy(pending, taken, pending, 0, pendingLength - taken);
    pendingLength -= taken;
    taken = 0;
    if (pendingLength == 0 && pending.length > KEPT_BYTES) {
      pending = new byte[KEPT_BYTES];
    }
  }

  private void append(byte[] buffer, int length) {
    int needed = Math.addExact(pendingLength, length);
    if (needed > pending.length) {
      pending = Arrays.copyOf(pending, Math.max(needed, 2 * pending.length));
    }
    System.arraycopy(buffer, 0, pending, pendingLength, length);
    pendingLength = needed;
  }

  private List<Command> commands(byte[] buffer, int length) throws MalformedStreamException {
    framer.feed(buffer, 0, length);
    List<Command> commands = new ArrayList<>();
    while (framer.next()) {
      commands.add(new Command(framer.command(), framer.endOffset()));
    }
    return commands;
  }

  private void follow(Command command) {
    byte[][] args = command.args();
    if (args.length == 2 && Text.is(args[0], "SELECT")) {
      db = (int) Text.integer(args[1]).orElse(db);
    } else if (args.length > 1 && Text.is(args[0], "REPLCONF") && Text.is(args[1], "GETACK")) {
      askedForAck = true;
    }
  }

  /** Database selected behind the last complete command. */
  int db() {
    return db;
  }

  /** True once after the primary asked how far we are. */
  boolean takeAskedForAck() {
    boolean asked = askedForAck;
    askedForAck = false;
    return asked;
  }
}

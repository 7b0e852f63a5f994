package io.norn.apply;

import io.norn.stream.Text;
import java.util.OptionalLong;

/**
 * Times to live that are up, or nearly, when they come to be set here. A server removes such a key
 * at once, though it may have been refreshed in time where it comes from: that stands further
 * behind in the same stream, and so does the removal if nobody refreshed it. Only if neither comes,
 * because the site is lost, this server removes it itself, some time later.
 */
final class LateExpiries {
  private static final long NEARLY_MILLIS = 100;

  /** Beside the time by which this node is late already. */
  private static final long PATIENCE_MILLIS = 10_000;

  private LateExpiries() {}

  /** The command with a later time where it is up. */
  static byte[][] putOff(byte[][] command, long nowMillis) {
    int at = placeOfTime(command);
    OptionalLong due = at < 0 ? OptionalLong.empty() : Text.integer(command[at]);
    if (due.isEmpty() || due.getAsLong() > nowMillis + NEARLY_MILLIS) {
      return command;
    }
    long lateMillis = Math.max(0, nowMillis - due.getAsLong());
    byte[][] later = command.clone();
    later[at] = Text.bytes(Long.toString(nowMillis + lateMillis + PATIENCE_MILLIS));
    return later;
  }

  /** Where an absolute time in milliseconds stands; -1 for nowhere. Makes no objects. */
  private static int placeOfTime(byte[][] command) {
    byte[] name = command[0];
    if (Text.is(name, "SET") || Text.is(name, "HSETEX")) {
      return behind(command, "PXAT");
    }
    if (Text.is(name, "PEXPIREAT") || Text.is(name, "HPEXPIREAT")) {
      return command.length > 2 ? 2 : -1;
    }
    return Text.is(name, "RESTORE") && isRestoreWithExpiry(command) ? 2 : -1;
  }

  private static boolean isRestoreWithExpiry(byte[][] command) {
    return behind(command, "REPLACE") > 0 && !Text.is(command[2], "0");
  }

  private static int behind(byte[][] command, String option) {
    for (int i = 3; i + 1 < command.length; i++) {
      if (Text.is(command[i], option)) {
        return i + 1;
      }
    }
    return -1;
  }
}

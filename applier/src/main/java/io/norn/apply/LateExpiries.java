package io.norn.apply;

import io.norn.merge.Emission;
import io.norn.stream.Text;
import java.util.List;
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

  /** The commands with later times where they are up. */
  static List<Emission> putOff(List<Emission> emissions, long nowMillis) {
    return emissions.stream().map(each -> putOff(each, nowMillis)).toList();
  }

  private static Emission putOff(Emission emission, long nowMillis) {
    byte[][] command = emission.command();
    int at = placeOfTime(command);
    OptionalLong due = at < 0 ? OptionalLong.empty() : Text.integer(command[at]);
    if (due.isEmpty() || due.getAsLong() > nowMillis + NEARLY_MILLIS) {
      return emission;
    }
    long lateMillis = Math.max(0, nowMillis - due.getAsLong());
    byte[][] later = command.clone();
    later[at] = Text.bytes(Long.toString(nowMillis + lateMillis + PATIENCE_MILLIS));
    return new Emission(emission.db(), emission.key(), later);
  }

  /** Where an absolute time in milliseconds stands; -1 for nowhere. */
  private static int placeOfTime(byte[][] command) {
    return switch (Text.upperCase(command[0])) {
      case "PEXPIREAT", "HPEXPIREAT" -> command.length > 2 ? 2 : -1;
      case "SET", "HSETEX" -> behind(command, "PXAT");
      case "RESTORE" -> isRestoreWithExpiry(command) ? 2 : -1;
      default -> -1;
    };
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

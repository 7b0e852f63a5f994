package io.norn.apply;

import io.norn.merge.Emission;
import io.norn.server.ServerError;
import io.norn.stream.Text;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What errors of the local server mean for applying. */
final class Obstacle {
  static final Logger LOG = LoggerFactory.getLogger(ApplyLoop.class);
  static final long PAUSE_MILLIS = 200;

  /** Error codes of servers that will take the same command later ({@code server.c} of Valkey). */
  private static final Set<String> TEMPORARY =
      Set.of(
          "OOM",
          "READONLY",
          "LOADING",
          "MISCONF",
          "BUSY",
          "NOREPLICAS",
          "MASTERDOWN",
          "NOPERM",
          "NOAUTH",
          "TRYAGAIN",
          "CLUSTERDOWN");

  private Obstacle() {}

  static boolean isTemporary(ServerError error) {
    return TEMPORARY.contains(error.code());
  }

  static String describe(Emission emission, ServerError error) {
    String name = Text.upperCase(emission.command()[0]);
    String key = emission.command().length > 1 ? Text.latin1(emission.command()[1]) : "";
    return name + " " + shortened(key) + " in db " + emission.db() + ": " + error.message();
  }

  private static String shortened(String key) {
    return key.length() <= 80 ? key : key.substring(0, 80) + "…";
  }
}

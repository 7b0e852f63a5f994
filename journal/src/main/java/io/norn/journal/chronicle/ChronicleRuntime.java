package io.norn.journal.chronicle;

import java.lang.reflect.AccessibleObject;
import java.util.List;

/** What must hold in this JVM before the first class of Chronicle is loaded. */
public final class ChronicleRuntime {
  private static final List<String> QUIET =
      List.of(
          "chronicle.announcer.disable",
          "chronicle.analytics.disable",
          "chronicle.disk.monitor.disable");

  private ChronicleRuntime() {}

  /**
   * Switches off Chronicle's banner, telemetry and disk monitor, and checks the access it needs.
   *
   * @throws RecordLogException naming the missing JVM flags; Chronicle itself would report them as
   *     "Can't append to a read-only chronicle"
   */
  public static void prepare() throws RecordLogException {
    for (String property : QUIET) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, "true");
      }
    }
    String missing = missingFlags();
    if (!missing.isEmpty()) {
      throw new RecordLogException(
          "the journal needs JVM flags that are missing: start java with" + missing);
    }
  }

  private static String missingFlags() {
    StringBuilder missing = new StringBuilder();
    if (!isOpen(AccessibleObject.class.getPackageName())) {
      missing.append(" --add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
    }
    if (!isOpen("sun.nio.ch")) {
      missing.append(" --add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    }
    if (!base().isExported("jdk.internal.ref", ours())) {
      missing.append(" --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
    }
    return missing.toString();
  }

  private static boolean isOpen(String packageName) {
    return base().isOpen(packageName, ours());
  }

  private static Module base() {
    return Object.class.getModule();
  }

  private static Module ours() {
    return ChronicleRuntime.class.getModule();
  }
}

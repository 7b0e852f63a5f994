package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.command.Op;
import io.norn.window.Libraries;

/** Brings libraries of functions to what the newest command on each makes of it. */
final class LibraryWriter {
  private LibraryWriter() {}

  /** False if a newer command makes it needless. */
  static boolean write(Stamp stamp, Op.Library op, Libraries libraries, Emissions out) {
    boolean isGone = !op.loads() && !op.name().isEmpty() && libraries.isGone(op.name());
    if (isGone || libraries.isPast(stamp, op)) {
      return false;
    }
    out.addVerbatim(0, op.command());
    if (op.name().isEmpty()) {
      libraries.loadedAfter(stamp).forEach(each -> out.addVerbatim(0, each.command()));
    }
    return true;
  }
}

package io.norn.merge;

import io.norn.stream.Marker;

/** What the own stream shows, at its place in it. */
public interface OwnEvents {

  /** A marked transaction was executed, and is in the window now. */
  void applied(Marker marker);

  /** A barrier or heartbeat; everything before it is in the window. */
  void message(String text);

  /** Somebody may have removed the reserved keys. */
  void reservedTouched();
}

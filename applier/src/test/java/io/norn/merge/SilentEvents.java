package io.norn.merge;

import io.norn.stream.Marker;

/** For whom it does not matter what the own stream shows. */
public final class SilentEvents implements OwnEvents {
  @Override
  public void applied(Marker marker) {}

  @Override
  public void message(String text) {}

  @Override
  public void reservedTouched() {}
}

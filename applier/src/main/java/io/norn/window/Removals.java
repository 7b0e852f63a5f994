package io.norn.window;

import io.norn.clock.Stamp;

/** Removals of whole keys that end only what their nodes had seen. */
public final class Removals {
  private Removals() {}

  /** True if one of them ended what happened to the key at this stamp. */
  public static boolean haveSeen(KeyWindow key, Stamp stamp) {
    return key.removals().stream().anyMatch(each -> each.covers(stamp));
  }

  /** True if the state knows of all that replaced or removed the key, as far as remembered. */
  static boolean areIn(StateBase state, KeyWindow key) {
    Stamp replaced = key instanceof PolicyKeyWindow each ? each.replaced() : key.whole();
    return (replaced == null || state.covers(replaced))
        && key.removals().stream().allMatch(each -> state.covers(each.stamp()));
  }

  /** True if the state knows of all types that the key had; what another ended tells no more. */
  static boolean areTypesIn(StateBase state, KeyWindow key) {
    return !(key instanceof PolicyKeyWindow)
        || key.types() == null
        || key.types().areIn(state::covers);
  }
}

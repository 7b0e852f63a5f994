package io.norn.merge;

import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a key will be after the commands decided so far, as far as later decisions of the batch need
 * it.
 */
final class KeyShadow {
  private final DbKey key;
  private final Facts facts;
  private final Map<Element, Optional<byte[]>> values = new HashMap<>();

  private ValueType type;
  private boolean onlyShadow;
  private boolean maybeGone;

  KeyShadow(DbKey key, Facts facts) {
    this.key = key;
    this.facts = facts;
    this.type = facts.type(key);
  }

  ValueType type() {
    return type;
  }

  /** The name under which an increment is written. */
  String incrementName(String upperCase) {
    return facts.isWatched(key) ? upperCase : upperCase.toLowerCase(Locale.ROOT);
  }

  /**
   * True if the key may be absent, so that a command that creates would create it anew, without
   * time to live.
   */
  boolean maybeAbsent() {
    return type == ValueType.NONE || maybeGone;
  }

  /** The key was replaced or removed as a whole. */
  void become(ValueType newType) {
    type = newType;
    values.clear();
    onlyShadow = true;
    maybeGone = false;
  }

  /** A command ran whose result is not known here, but for the type. */
  void changed(ValueType newType) {
    become(newType == ValueType.OTHER ? type : newType);
  }

  void put(Element element, byte[] value) {
    type = element.type();
    values.put(element, Optional.of(value));
    maybeGone = false;
  }

  void remove(Element element) {
    values.put(element, Optional.empty());
    maybeGone = true;
  }

  void expire() {
    maybeGone = true;
  }

  /** A command on a sorted set whose result is not known here. */
  void touch(Element element) {
    type = element.type();
    maybeGone = false;
  }

  /** The sum if the server would accept the increment; empty if it would answer an error. */
  OptionalLong sum(Element element, byte[] delta) {
    byte[] current = number(element);
    OptionalLong base = current == null ? OptionalLong.of(0) : Text.integer(current);
    OptionalLong step = Text.integer(delta);
    if (base.isEmpty() || step.isEmpty()) {
      return OptionalLong.empty();
    }
    long sum = base.getAsLong() + step.getAsLong();
    boolean overflow = ((base.getAsLong() ^ sum) & (step.getAsLong() ^ sum)) < 0;
    return overflow ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  private byte[] number(Element element) {
    Optional<byte[]> known = values.get(element);
    if (known != null) {
      return known.orElse(null);
    }
    return onlyShadow || type != element.type() ? null : facts.number(key, element);
  }
}

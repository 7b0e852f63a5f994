package io.norn.merge;

import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ValueType;

/** What was read from the local server under WATCH, before a decision. */
public interface Facts {
  /** For a key that is removed first: nothing of the server's old state matters. */
  Facts NOTHING =
      new Facts() {
        @Override
        public ValueType type(DbKey key) {
          return ValueType.NONE;
        }

        @Override
        public byte[] number(DbKey key, Element element) {
          return null;
        }
      };

  /** False if the key may be written by others before the decision is executed. */
  default boolean isWatched(DbKey key) {
    return true;
  }

  ValueType type(DbKey key);

  /** Value of a counter element; null if the element is absent or of another type. */
  byte[] number(DbKey key, Element element);
}

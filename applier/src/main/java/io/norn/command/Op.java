package io.norn.command;

import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.List;
import java.util.Optional;

/** The meaning of a write command for merging. */
public sealed interface Op {

  /** Keys that it touches; empty for whole databases. */
  List<DbKey> keys();

  /**
   * Replaces the key, time to live included.
   *
   * @param key the key
   * @param type type of the new value
   * @param command canonical command, without conditions
   */
  record Replace(DbKey key, ValueType type, byte[][] command) implements Op {
    private static final int SET_EXPIRY = 4;

    @Override
    public List<DbKey> keys() {
      return List.of(key);
    }

    /** The time to live that it sets, milliseconds since the epoch; empty if it sets none. */
    public Optional<byte[]> expiry() {
      boolean sets = Text.is(command[0], "SET");
      int at = sets ? SET_EXPIRY : 2;
      return Optional.of(command)
          .filter(words -> words.length > at)
          .map(words -> words[at])
          .filter(text -> Text.integer(text).orElse(0) > 0);
    }
  }

  /**
   * Removes the key.
   *
   * @param key the key
   */
  record Delete(DbKey key) implements Op {
    @Override
    public List<DbKey> keys() {
      return List.of(key);
    }
  }

  /**
   * Changes elements of a key; the time to live of a key is an element too.
   *
   * @param key the key
   * @param type type of the value; {@link ValueType#NONE} for the time to live
   * @param ops at least one, of different elements
   */
  record Elements(DbKey key, ValueType type, List<ElementOp> ops) implements Op {
    @Override
    public List<DbKey> keys() {
      return List.of(key);
    }

    public boolean creates() {
      return ops.stream().anyMatch(ElementOp::creates);
    }
  }

  /**
   * Removes everything in one database or in all.
   *
   * @param db the database; {@link #ALL} for all
   */
  record Flush(int db) implements Op {
    public static final int ALL = -1;

    @Override
    public List<DbKey> keys() {
      return List.of();
    }
  }

  /**
   * A state of the key that a node has published: it holds all that the node had seen.
   *
   * @param key the key
   * @param payload as from {@code DUMP}; empty if the key is absent
   * @param expiryMillis since the epoch; not positive for none
   */
  record State(DbKey key, byte[] payload, long expiryMillis) implements Op {
    @Override
    public List<DbKey> keys() {
      return List.of(key);
    }

    /** {@link ValueType#NONE} if the key is absent. */
    public ValueType type() {
      return payload.length == 0 ? ValueType.NONE : PayloadType.of(payload);
    }
  }

  /**
   * A server removed the key by itself because its time was over: that removes what the server had
   * seen and nothing else.
   *
   * @param key the key
   */
  record Expired(DbKey key) implements Op {
    @Override
    public List<DbKey> keys() {
      return List.of(key);
    }
  }

  /**
   * Loads or removes a library of functions.
   *
   * @param name its name; empty for all libraries
   * @param command canonical command; a library is loaded in the place of another
   */
  record Library(String name, byte[][] command) implements Op {
    @Override
    public List<DbKey> keys() {
      return List.of();
    }

    /** True if the library is there afterwards. */
    public boolean loads() {
      return Text.is(command[1], "LOAD");
    }
  }

  /**
   * Its result depends on what was there in a way that only the server can compute: executed as it
   * is, and where nodes executed such commands in different orders the key is made equal by state.
   *
   * @param keys keys that it writes; empty if they are not known
   * @param sources keys that it only reads
   * @param db database selected
   * @param command name and arguments
   * @param edit what it did to the list that it is about, if that is known; otherwise null
   */
  record Opaque(List<DbKey> keys, List<DbKey> sources, int db, byte[][] command, ListEdit edit)
      implements Op {

    Opaque(List<DbKey> keys, List<DbKey> sources, int db, byte[][] command) {
      this(keys, sources, db, command, null);
    }

    /** What is to be executed where the key may hold something else than at its origin. */
    public List<byte[][]> commands() {
      return edit == null ? List.<byte[][]>of(command) : edit.commands(keys.get(0));
    }

    /** With what its node had seen, where that matters. */
    public Opaque seenBy(VersionVector seen) {
      return edit == null ? this : new Opaque(keys, sources, db, command, edit.seenBy(seen));
    }
  }
}

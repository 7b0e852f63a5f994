package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** One execution of one command: its words, its view of the data, and what it wants propagated. */
final class Call {
  private final ModelServer server;
  private final ModelConnection connection;
  private final List<Effect> unit;
  private final int database;
  private final String[] words;
  private final List<List<String>> rewritten = new ArrayList<>();
  private boolean isDirty;

  Call(ModelServer server, ModelConnection connection, List<Effect> unit, String[] words) {
    this.server = server;
    this.connection = connection;
    this.unit = unit;
    this.database = connection.database();
    this.words = words;
  }

  ModelConnection connection() {
    return connection;
  }

  ModelServer server() {
    return server;
  }

  int size() {
    return words.length;
  }

  String word(int index) {
    return words[index];
  }

  /** A word that is an option, in upper case. */
  String option(int index) {
    return words[index].toUpperCase(Locale.ROOT);
  }

  long integer(int index) {
    return Numbers.integer(words[index]);
  }

  double decimal(int index) {
    return Numbers.decimal(words[index]);
  }

  long nowMillis() {
    return server.nowMillis();
  }

  SortedMap<String, Slot> keys() {
    return server.dataset().database(database);
  }

  /** The key's slot or null; deletes it first when it has expired. */
  Slot find(String key) {
    Slot slot = keys().get(key);
    if (slot != null && slot.isExpiredAt(nowMillis())) {
      server.expire(database, key, unit);
      return null;
    }
    return slot;
  }

  /** As {@link #find}, but the deletion of an expired key is propagated by itself. */
  Slot findAlone(String key) {
    Slot slot = keys().get(key);
    if (slot != null && slot.isExpiredAt(nowMillis())) {
      server.expireAlone(database, key);
      return null;
    }
    return slot;
  }

  /** The key's value if it is of this type, null if the key is missing. */
  <T extends Value> T value(String key, Class<T> type) {
    Slot slot = find(key);
    if (slot == null) {
      return null;
    }
    if (!type.isInstance(slot.value())) {
      throw CommandFailure.wrongType();
    }
    return type.cast(slot.value());
  }

  /** Replaces the value and forgets the expiry. */
  void set(String key, Value value) {
    keys().put(key, new Slot(value, Slot.NEVER));
    changed(key);
  }

  /** Replaces value and expiry. */
  void put(String key, Slot slot) {
    keys().put(key, slot);
    changed(key);
  }

  /** True if another database holds the key; deletes it first when it has expired. */
  boolean isIn(int other, String key) {
    Slot slot = server.dataset().database(other).get(key);
    if (slot != null && slot.isExpiredAt(nowMillis())) {
      server.expire(other, key, unit);
      return false;
    }
    return slot != null;
  }

  /** Puts value and expiry into another database. */
  void putInto(int other, String key, Slot slot) {
    server.dataset().database(other).put(key, slot);
    isDirty = true;
    server.touch(other, key);
  }

  /** Replaces the value, keeps the expiry. */
  void replace(String key, Value value) {
    Slot old = keys().get(key);
    keys().put(key, new Slot(value, old == null ? Slot.NEVER : old.expiresAtMillis()));
    changed(key);
  }

  void setExpiry(String key, long atMillis) {
    keys().computeIfPresent(key, (name, slot) -> slot.withExpiry(atMillis));
    changed(key);
  }

  void remove(String key) {
    keys().remove(key);
    changed(key);
  }

  /** An aggregate was changed in place; an empty one vanishes. */
  void changedOrEmptied(String key, Value value) {
    if (value.isEmpty()) {
      keys().remove(key);
    }
    changed(key);
  }

  /** The key was changed: watchers abort, the command is propagated. */
  void changed(String key) {
    isDirty = true;
    server.touch(database, key);
  }

  /** Propagated though no key was changed. */
  void force() {
    isDirty = true;
  }

  /** Propagated in another form; several times for several commands. */
  void propagateAs(String... command) {
    rewritten.add(List.of(command));
  }

  /** Hands over what is to be propagated. */
  void finish() {
    if (!isDirty) {
      return;
    }
    if (rewritten.isEmpty()) {
      unit.add(new Effect(database, List.of(words)));
    }
    rewritten.forEach(command -> unit.add(new Effect(database, command)));
  }
}

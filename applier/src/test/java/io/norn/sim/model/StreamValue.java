package io.norn.sim.model;

import io.norn.command.EntryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A stream without groups. */
final class StreamValue implements Value {
  private final TreeMap<EntryId, List<String>> entries = new TreeMap<>();
  private EntryId last = EntryId.FIRST;

  static EntryId id(String text) {
    return EntryId.parse(Text.bytes(text)).orElseThrow();
  }

  static StreamValue of(List<String> parts) {
    StreamValue stream = new StreamValue();
    stream.last = id(parts.get(0));
    for (int i = 1; i < parts.size(); i += 3) {
      stream.entries.put(id(parts.get(i)), List.of(parts.get(i + 1), parts.get(i + 2)));
    }
    return stream;
  }

  NavigableMap<EntryId, List<String>> entries() {
    return entries;
  }

  EntryId last() {
    return last;
  }

  /** Adds or replaces an entry wherever it belongs. */
  boolean put(EntryId id, List<String> fields) {
    raise(id);
    return !fields.equals(entries.put(id, fields));
  }

  boolean raise(EntryId id) {
    boolean isHigher = id.compareTo(last) > 0;
    last = isHigher ? id : last;
    return isHigher;
  }

  boolean trimTo(int length) {
    boolean isTrimmed = entries.size() > length;
    while (entries.size() > length) {
      entries.pollFirstEntry();
    }
    return isTrimmed;
  }

  @Override
  public String type() {
    return "stream";
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public Value copy() {
    return of(parts());
  }

  @Override
  public List<String> parts() {
    List<String> parts = new ArrayList<>(List.of(last.toString()));
    for (Map.Entry<EntryId, List<String>> entry : entries.entrySet()) {
      parts.add(entry.getKey().toString());
      parts.addAll(entry.getValue());
    }
    return parts;
  }
}

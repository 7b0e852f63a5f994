package io.norn.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** How ticks list the server's own deletes: {@code x:120,311 e:250}, offsets by cause. */
final class DeleteList {
  private DeleteList() {}

  /** Each list with a blank before it; empty for none. */
  static String encode(SortedMap<Long, DeleteCause> deletes) {
    Map<DeleteCause, List<String>> byCause = new EnumMap<>(DeleteCause.class);
    deletes.forEach(
        (offset, cause) ->
            byCause.computeIfAbsent(cause, c -> new ArrayList<>()).add(Long.toString(offset)));
    StringBuilder text = new StringBuilder();
    byCause.forEach(
        (cause, offsets) ->
            text.append(' ').append(cause.letter()).append(':').append(String.join(",", offsets)));
    return text.toString();
  }

  /**
   * Reads lists.
   *
   * @param lists one for each cause at most
   * @param upto no offset is beyond
   * @param max how many offsets there may be
   * @return empty if it is not what {@link #encode} writes, order of the lists aside
   */
  static Optional<SortedMap<Long, DeleteCause>> decode(
      Collection<String> lists, long upto, int max) {
    SortedMap<Long, DeleteCause> deletes = new TreeMap<>();
    Map<DeleteCause, String> seen = new EnumMap<>(DeleteCause.class);
    for (String list : lists) {
      Optional<DeleteCause> cause = causeOf(list);
      if (cause.isEmpty()
          || seen.put(cause.get(), list) != null
          || !addAll(deletes, cause.get(), list.substring(2).split(",", -1), upto)
          || deletes.size() > max) {
        return Optional.empty();
      }
    }
    return Optional.of(deletes);
  }

  private static Optional<DeleteCause> causeOf(String list) {
    return list.length() > 2 && list.charAt(1) == ':'
        ? DeleteCause.ofLetter(list.charAt(0))
        : Optional.empty();
  }

  private static boolean addAll(
      SortedMap<Long, DeleteCause> deletes, DeleteCause cause, String[] offsets, long upto) {
    long last = 0;
    for (String text : offsets) {
      OptionalLong offset = Text.integer(Text.bytes(text));
      boolean rises = offset.isPresent() && offset.getAsLong() > last;
      if (!rises || offset.getAsLong() > upto || deletes.put(offset.getAsLong(), cause) != null) {
        return false;
      }
      last = offset.getAsLong();
    }
    return true;
  }
}

package io.norn.stream;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How ticks say what commands took: {@code p:120<YQ<Yg,311>Yw*3}, for each command its end offset
 * and the elements in Base64, those from the head behind {@code <}, those from the tail behind
 * {@code >}, equal ones in a row counted.
 */
final class TakenList {
  static final String PREFIX = "p:";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private TakenList() {}

  /** With a blank before it; empty for none. */
  static String encode(SortedMap<Long, Taken> taken) {
    if (taken.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(" ").append(PREFIX);
    taken.forEach(
        (offset, each) -> {
          text.append(text.length() > PREFIX.length() + 1 ? "," : "").append(offset);
          append(text, '<', each.first());
          append(text, '>', each.last());
        });
    return text.toString();
  }

  private static void append(StringBuilder text, char side, List<String> elements) {
    int at = 0;
    while (at < elements.size()) {
      int next = at + 1;
      while (next < elements.size() && elements.get(next).equals(elements.get(at))) {
        next++;
      }
      text.append(side).append(ENCODER.encodeToString(Text.latin1Bytes(elements.get(at))));
      if (next - at > 1) {
        text.append('*').append(next - at);
      }
      at = next;
    }
  }

  /**
   * Reads a list.
   *
   * @param upto no offset is beyond
   * @param max how many elements there may be
   * @return null if it is not what {@link #encode} writes
   */
  static SortedMap<Long, Taken> decode(String part, long upto, int max) {
    SortedMap<Long, Taken> taken = new TreeMap<>();
    int room = max;
    long before = 0;
    for (String text : part.substring(PREFIX.length()).split(",", -1)) {
      int start = sideFrom(text, 0);
      OptionalLong offset = Text.integer(Text.bytes(text.substring(0, start)));
      Taken each = elements(text.substring(start), room);
      if (each == null || offset.isEmpty() || offset.getAsLong() <= before) {
        return null;
      }
      before = offset.getAsLong();
      room -= each.size();
      taken.put(before, each);
    }
    return before > upto ? null : taken;
  }

  private static Taken elements(String text, int room) {
    List<String> first = new ArrayList<>();
    List<String> last = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = sideFrom(text, at + 1);
      boolean isFirst = text.charAt(at) == '<';
      boolean isRead =
          (isFirst ? last.isEmpty() : true)
              && addRun(
                  isFirst ? first : last,
                  text.substring(at + 1, end),
                  room - first.size() - last.size());
      if (!isRead) {
        return null;
      }
      at = end;
    }
    return text.isEmpty() ? null : new Taken(first, last);
  }

  private static boolean addRun(List<String> elements, String run, int room) {
    int star = run.indexOf('*');
    OptionalLong count =
        star < 0 ? OptionalLong.of(1) : Text.integer(Text.bytes(run.substring(star + 1)));
    if (count.isEmpty() || count.getAsLong() < 1 || count.getAsLong() > room) {
      return false;
    }
    try {
      String element = Text.latin1(DECODER.decode(star < 0 ? run : run.substring(0, star)));
      for (long i = 0; i < count.getAsLong(); i++) {
        elements.add(element);
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int sideFrom(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '<' && text.charAt(at) != '>') {
      at++;
    }
    return at;
  }
}

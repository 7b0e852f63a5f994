package io.norn.agent.scenario;

import java.util.ArrayList;
import java.util.List;

/** What a reply must be like; replies come as {@link ReplyText} makes them. */
sealed interface ReplyPattern {
  /** True if a reply is like that. */
  boolean matches(Object reply);

  /** No value. */
  record Nil() implements ReplyPattern {
    @Override
    public boolean matches(Object reply) {
      return reply == null;
    }
  }

  /** Whatever it is. */
  record Anything() implements ReplyPattern {
    @Override
    public boolean matches(Object reply) {
      return true;
    }
  }

  /** A string or an integer; numbers with a point are compared as numbers. */
  record Text(String text) implements ReplyPattern {
    @Override
    public boolean matches(Object reply) {
      return reply instanceof String other && (text.equals(other) || sameNumber(other));
    }

    /** Redis before 7.2 writes 0.1 with 17 digits. */
    private boolean sameNumber(String other) {
      try {
        return (text + other).contains(".")
            && Double.parseDouble(text) == Double.parseDouble(other);
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }

  /** A number that is at most 2 away. */
  record About(long number) implements ReplyPattern {
    private static final long TOLERANCE = 2;

    @Override
    public boolean matches(Object reply) {
      try {
        return reply instanceof String text && Math.abs(Long.parseLong(text) - number) <= TOLERANCE;
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }

  /** An error that begins with this word. */
  record Refusal(String code) implements ReplyPattern {
    @Override
    public boolean matches(Object reply) {
      return reply instanceof ReplyText.Failure failure && failure.message().startsWith(code + " ");
    }
  }

  /** An array. */
  record Ordered(List<ReplyPattern> items) implements ReplyPattern {
    public Ordered {
      items = List.copyOf(items);
    }

    @Override
    public boolean matches(Object reply) {
      if (!(reply instanceof List<?> list) || list.size() != items.size()) {
        return false;
      }
      for (int i = 0; i < items.size(); i++) {
        if (!items.get(i).matches(list.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * An array whose order does not matter.
   *
   * @param stride how many items belong together
   */
  record Unordered(List<ReplyPattern> items, int stride) implements ReplyPattern {
    public Unordered {
      items = List.copyOf(items);
    }

    @Override
    public boolean matches(Object reply) {
      if (!(reply instanceof List<?> list) || list.size() != items.size()) {
        return false;
      }
      List<List<?>> left = new ArrayList<>();
      for (int i = 0; i < list.size(); i += stride) {
        left.add(list.subList(i, i + stride));
      }
      for (int i = 0; i < items.size(); i += stride) {
        if (!removeFirst(left, new Ordered(items.subList(i, i + stride)))) {
          return false;
        }
      }
      return true;
    }

    private static boolean removeFirst(List<List<?>> left, Ordered group) {
      for (int i = 0; i < left.size(); i++) {
        if (group.matches(left.get(i))) {
          left.remove(i);
          return true;
        }
      }
      return false;
    }
  }

  /** One of several. */
  record Either(List<ReplyPattern> choices) implements ReplyPattern {
    public Either {
      choices = List.copyOf(choices);
    }

    @Override
    public boolean matches(Object reply) {
      return choices.stream().anyMatch(choice -> choice.matches(reply));
    }
  }
}

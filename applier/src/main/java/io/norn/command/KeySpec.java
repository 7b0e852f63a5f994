package io.norn.command;

import io.norn.stream.Text;
import java.util.List;

/**
 * Where a command has keys, as {@code COMMAND INFO} tells for commands that the table does not
 * hold: those of modules.
 *
 * @param begin where they begin
 * @param find how many there are from there on
 * @param readOnly true if the command only reads them
 */
public record KeySpec(Begin begin, Find find, boolean readOnly) {

  /** Where keys begin. */
  public sealed interface Begin {
    /**
     * At an argument.
     *
     * @param at its index; that of the name is 0
     */
    record Index(int at) implements Begin {}

    /**
     * Behind a word.
     *
     * @param word in any case
     * @param from where to look for it; if negative, backwards from that place before the end
     */
    record Keyword(String word, int from) implements Begin {}
  }

  /** Which arguments are keys, seen from where they begin. */
  public sealed interface Find {
    /**
     * A range.
     *
     * @param last the last of them; if negative, so far before the end of the command
     * @param step from one to the next
     * @param limit if more than 1, only the first part of so many of what is left
     */
    record Range(int last, int step, int limit) implements Find {}

    /**
     * As many as an argument says.
     *
     * @param countAt that argument
     * @param first the first key
     * @param step from one to the next
     */
    record Counted(int countAt, int first, int step) implements Find {}
  }

  /** The keys; none if the command does not look as the server says. */
  List<DbKey> keys(Call call) {
    int start = start(call);
    if (start < 0) {
      return List.of();
    }
    if (find instanceof Find.Range range) {
      return keys(call, start, last(call, start, range), range.step());
    }
    Find.Counted counted = (Find.Counted) find;
    int first = start + counted.first();
    int last = first + (call.number(start + counted.countAt()) - 1) * counted.step();
    return keys(call, first, last, counted.step());
  }

  private static List<DbKey> keys(Call call, int first, int last, int step) {
    return step > 0 && first > 0 && last < call.count()
        ? call.keys(first, last + 1, step)
        : List.of();
  }

  /** Source of the arithmetic: {@code getKeysUsingKeySpecs} in the servers' {@code db.c}. */
  private static int last(Call call, int start, Find.Range range) {
    if (range.last() >= 0) {
      return start + range.last();
    }
    return range.limit() > 1
        ? start + (call.count() - start) / range.limit() + range.last()
        : call.count() + range.last();
  }

  private int start(Call call) {
    if (begin instanceof Begin.Index index) {
      return index.at();
    }
    Begin.Keyword keyword = (Begin.Keyword) begin;
    boolean forward = keyword.from() > 0;
    int at = forward ? keyword.from() : call.count() + keyword.from();
    while (at >= 1 && at < call.count()) {
      if (Text.upperCase(call.arg(at)).equalsIgnoreCase(keyword.word())) {
        return at + 1;
      }
      at += forward ? 1 : -1;
    }
    return -1;
  }
}

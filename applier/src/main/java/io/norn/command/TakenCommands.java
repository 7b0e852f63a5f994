package io.norn.command;

import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Commands of which a tick tells what they took. */
final class TakenCommands {
  private TakenCommands() {}

  /** The arguments are as {@link io.norn.stream.Taken} hands them on. */
  static List<Op> parse(Call call) {
    int first = call.number(1);
    int end = 3 + first + call.number(2);
    List<Bytes> elements = new ArrayList<>();
    for (int i = 3; i < end; i++) {
      elements.add(new Bytes(call.arg(i)));
    }
    Call inner =
        new Call(call.db(), Arrays.copyOfRange(call.args(), end, call.count()), call.hlcMicros());
    return parse(
        inner,
        ListEdit.taking(
            List.copyOf(elements.subList(0, first)),
            List.copyOf(elements.subList(first, elements.size()))));
  }

  private static List<Op> parse(Call call, ListEdit edit) {
    return switch (Text.upperCase(call.arg(0))) {
      case "LPOP", "RPOP", "LREM", "LTRIM" -> List.of(opaque(call, call.args(), edit));
      case "LMOVE" -> move(call, edit, call.is(3, "LEFT"), call.is(4, "LEFT"));
      case "RPOPLPUSH" -> move(call, edit, false, true);
      case "LSET" -> set(call, edit);
      default -> remove(call, edit);
    };
  }

  private static Op opaque(Call call, byte[][] command, ListEdit edit) {
    return new Op.Opaque(
        List.of(DbKey.of(call.db(), command[1])), List.of(), call.db(), command, edit);
  }

  /** Two changes of two lists; or one of one that turns round. */
  private static List<Op> move(Call call, ListEdit edit, boolean fromHead, boolean toHead) {
    List<Bytes> elements = fromHead ? edit.first() : edit.last();
    if (elements.size() != 1) {
      return Keys.TWO.opaque(call);
    }
    byte[][] push = {Text.bytes(toHead ? "LPUSH" : "RPUSH"), call.arg(2), elements.get(0).raw()};
    if (Arrays.equals(call.arg(1), call.arg(2))) {
      return List.of(opaque(call, call.args(), edit.trailing(List.<byte[][]>of(push))));
    }
    byte[][] pop = {Text.bytes(fromHead ? "LPOP" : "RPOP"), call.arg(1)};
    return List.of(
        opaque(call, pop, edit),
        new Op.Opaque(List.of(DbKey.of(call.db(), call.arg(2))), List.of(), call.db(), push));
  }

  /** The new element takes the place of the old one, wherever that is. */
  private static List<Op> set(Call call, ListEdit edit) {
    if (edit.first().size() != 1) {
      return Keys.FIRST.opaque(call);
    }
    byte[] old = edit.first().get(0).raw();
    byte[][] insert = {Text.bytes("LINSERT"), call.arg(1), Text.bytes("BEFORE"), old, call.arg(3)};
    return Arrays.equals(old, call.arg(3))
        ? List.of()
        : List.of(opaque(call, call.args(), edit.leading(List.<byte[][]>of(insert))));
  }

  private static List<Op> remove(Call call, ListEdit edit) {
    List<ElementOp> removals =
        edit.first().stream()
            .distinct()
            .map(member -> (ElementOp) new ElementOp.Remove(new Element(ValueType.ZSET, member)))
            .toList();
    return removals.isEmpty()
        ? Keys.FIRST.opaque(call)
        : List.of(call.elements(ValueType.ZSET, removals));
  }
}

package io.norn.command;

import io.norn.stream.DeleteCause;
import io.norn.stream.PublishedState;
import io.norn.stream.Taken;
import io.norn.stream.Text;
import io.norn.stream.TrimNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a decoder hands on under names that no server has: facts that ticks and messages tell. */
final class NoticeCommands {
  private NoticeCommands() {}

  static Map<String, Function<Call, List<Op>>> parsers() {
    return Map.of(
        PublishedState.COMMAND,
        NoticeCommands::published,
        TrimNotice.COMMAND,
        NoticeCommands::trimmed,
        DeleteCause.EXPIRED.command(),
        call -> List.of(new Op.Expired(call.key())),
        DeleteCause.EVICTED.command(),
        call -> List.of(),
        DeleteCause.FIELD_EXPIRED.command(),
        NoticeCommands::fieldsExpired,
        Taken.COMMAND,
        TakenCommands::parse);
  }

  private static List<Op> published(Call call) {
    return List.of(new Op.State(call.key(), call.arg(2), call.integer(3)));
  }

  /** {@code (} before the ID: that one is gone too. */
  private static List<Op> trimmed(Call call) {
    String first = Text.latin1(call.arg(2));
    boolean behind = first.startsWith("(");
    EntryId id =
        EntryId.parse(Text.bytes(behind ? first.substring(1) : first))
            .orElseThrow(Call.MalformedCallException::new);
    List<byte[]> left = new ArrayList<>(List.of((behind ? id.after() : id).text()));
    left.addAll(call.from(3));
    ElementOp trim = new ElementOp.Put(StreamElement.TRIM, Packed.of(left));
    return List.of(call.elements(ValueType.STREAM, List.of(trim)));
  }

  private static List<Op> fieldsExpired(Call call) {
    List<ElementOp> removals =
        call.from(2).stream()
            .map(
                name ->
                    (ElementOp) new ElementOp.Remove(new Element(ValueType.HASH, new Bytes(name))))
            .distinct()
            .toList();
    return List.of(call.elements(ValueType.HASH, removals));
  }
}

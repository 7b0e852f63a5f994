package io.norn.command;

import io.norn.stream.DeleteCause;
import io.norn.stream.PublishedState;
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
        DeleteCause.EXPIRED.command(),
        call -> List.of(new Op.Expired(call.key())),
        DeleteCause.EVICTED.command(),
        call -> List.of(),
        DeleteCause.FIELD_EXPIRED.command(),
        NoticeCommands::fieldsExpired);
  }

  private static List<Op> published(Call call) {
    return List.of(new Op.State(call.key(), call.arg(2), call.integer(3)));
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

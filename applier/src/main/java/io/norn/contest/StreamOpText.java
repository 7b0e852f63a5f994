package io.norn.contest;

import io.norn.command.ElementOp;
import io.norn.command.Packed;
import io.norn.command.StreamElement;
import java.util.ArrayList;
import java.util.List;

/** Operations on parts of a stream as people would have typed them, without the key. */
final class StreamOpText {
  private StreamOpText() {}

  static String of(ElementOp op) {
    List<byte[]> parts = new ArrayList<>(StreamElement.parts(op.element()));
    StreamElement.Kind kind = StreamElement.kind(op.element());
    if (op instanceof ElementOp.Put put) {
      addWhatWasPut(kind, put, parts);
    } else if (op instanceof ElementOp.Bound bound) {
      parts.add(bound.score());
    }
    boolean removes = op instanceof ElementOp.Remove;
    return OpText.words(removes ? remove(kind) : put(kind), parts.toArray(new byte[0][]));
  }

  private static void addWhatWasPut(
      StreamElement.Kind kind, ElementOp.Put put, List<byte[]> parts) {
    switch (kind) {
      case ENTRY -> parts.addAll(Packed.parts(put.value()));
      case GROUP, LAST_ID -> parts.add(put.value());
      case PENDING -> parts.add(1, Packed.parts(put.value()).get(0));
      default -> {
        // A consumer has a name only; what a trim left says nothing to people.
      }
    }
  }

  private static String put(StreamElement.Kind kind) {
    return switch (kind) {
      case ENTRY -> "XADD";
      case GROUP -> "XGROUP SETID";
      case CONSUMER -> "XGROUP CREATECONSUMER";
      case PENDING -> "XCLAIM";
      case LAST_ID -> "XSETID";
      case TRIM -> "XTRIM";
    };
  }

  private static String remove(StreamElement.Kind kind) {
    return switch (kind) {
      case ENTRY -> "XDEL";
      case GROUP -> "XGROUP DESTROY";
      case CONSUMER -> "XGROUP DELCONSUMER";
      case PENDING -> "XACK";
      case LAST_ID, TRIM -> "XTRIM";
    };
  }
}

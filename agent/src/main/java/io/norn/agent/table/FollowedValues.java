package io.norn.agent.table;

import io.norn.rdb.PayloadDecoder;
import io.norn.rdb.ValueState;
import io.norn.shadow.ListShadow;
import io.norn.shadow.Shadow;
import io.norn.shadow.Shadows;
import io.norn.shadow.SortedSetShadow;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads values that are followed out of payloads. */
final class FollowedValues {
  private FollowedValues() {}

  /** Null for what is too large, of another type, or cannot be read. */
  static Shadow ofPayload(byte[] payload) {
    if (payload.length > Shadows.MAX_VALUE_BYTES) {
      return null;
    }
    try {
      ValueState value = PayloadDecoder.decode(payload);
      if (value instanceof ValueState.ListValue list && fits(list.elements())) {
        return ListShadow.of(list.elements());
      }
      return value instanceof ValueState.ZSetValue set && fits(set.members()) ? of(set) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean fits(List<?> elements) {
    return elements.size() <= Shadows.MAX_ELEMENTS;
  }

  private static Shadow of(ValueState.ZSetValue set) {
    List<byte[]> pairs = new ArrayList<>(2 * set.members().size());
    for (ValueState.Member member : set.members()) {
      pairs.add(member.name());
      pairs.add(Text.bytes(Double.toString(member.score())));
    }
    return SortedSetShadow.of(pairs);
  }
}

package io.norn.agent.join;

import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ValueType;
import io.norn.merge.Facts;
import io.norn.merge.SnapshotKey;
import io.norn.rdb.PayloadDecoder;
import io.norn.rdb.ValueState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The facts about one key as the peer's snapshot holds it. */
final class PeerFacts implements Facts {
  private final ValueType type;
  private final Map<Element, byte[]> numbers = new HashMap<>();

  PeerFacts(SnapshotKey peer) throws IOException {
    type = peer.type();
    if (peer.payload() == null) {
      return;
    }
    ValueState state = PayloadDecoder.decode(peer.payload());
    if (state instanceof ValueState.StringValue string) {
      numbers.put(Element.STRING_VALUE, string.value());
    } else if (state instanceof ValueState.HashValue hash) {
      for (ValueState.Field field : hash.fields()) {
        numbers.put(new Element(ValueType.HASH, new Bytes(field.name())), field.value());
      }
    }
  }

  @Override
  public ValueType type(DbKey key) {
    return type;
  }

  @Override
  public byte[] number(DbKey key, Element element) {
    return numbers.get(element);
  }
}

package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.KeyRule;
import io.norn.command.MergePolicy;
import io.norn.command.MergePolicy.Option;
import io.norn.command.MergePolicy.Prefix;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which increments may be executed without watching their keys. */
class PlainKeyTest {
  private static final StreamId OWN = new StreamId("a", "ra");
  private static final DbKey CART = key("cart:1");
  private static final DbKey HITS = key("hits");

  private static DbKey key(String name) {
    return new DbKey(0, new Bytes(Text.bytes(name)));
  }

  private static Window under(MergePolicy policy) {
    Forgetting forgetting = new Forgetting("a");
    forgetting.join("b");
    return new Window(OWN, forgetting, policy);
  }

  @Test
  void shouldWatchKeysWhereARemovalSparesWhatItHadNotSeen() {
    Prefix carts = new Prefix(new Bytes(Text.bytes("cart:")), KeyRule.OBSERVED_REMOVE);
    Window window = under(new MergePolicy(KeyRule.LWW, Set.of(), List.of(carts)));
    assertThat(PlainKey.isOne(window, CART, ValueType.HASH)).isFalse();
    assertThat(PlainKey.isOne(window, HITS, ValueType.HASH)).isTrue();
  }

  @Test
  void shouldWatchKeysThatHaveATimeToLiveWhateverCountsForIt() {
    Window window = under(new MergePolicy(KeyRule.LWW, Set.of(Option.LONGEST_EXPIRY), List.of()));
    assertThat(PlainKey.isOne(window, HITS, ValueType.STRING)).isTrue();
    ElementOp expiry = new ElementOp.Put(Element.EXPIRY, Text.bytes("4000000000000"));
    window.add(new Stamp(1, OWN, 10), new Op.Elements(HITS, ValueType.NONE, List.of(expiry)));
    assertThat(PlainKey.isOne(window, HITS, ValueType.STRING)).isFalse();
  }
}

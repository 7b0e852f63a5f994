package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.KeyRule;
import io.norn.command.MergePolicy;
import io.norn.command.MergePolicy.Option;
import io.norn.command.Op;
import io.norn.stream.Change;
import io.norn.stream.Progress;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is remembered of keys where a removal spares what its node had not seen. */
class PolicyKeyWindowTest {
  private static final StreamId A = new StreamId("a", "ra");
  private static final StreamId B = new StreamId("b", "rb");
  private static final StreamId C = new StreamId("c", "rc");
  private static final DbKey KEY = new DbKey(0, new Bytes(Text.bytes("k")));
  private static final String SOONER = "4000000000000";
  private static final String LATER = "4100000000000";
  private static final MergePolicy POLICY =
      new MergePolicy(KeyRule.OBSERVED_REMOVE, Set.of(Option.LONGEST_EXPIRY), List.of());

  private final Forgetting forgetting = new Forgetting("a");
  private final Window window = window();

  @Test
  void shouldNotTakeAKeyForPersistentWhileItIsInDoubtWhetherItWas() {
    becomeStringAgainAtUnknownTime();
    add(A, 65, nothing(), "PERSIST", "k");
    assertThat(ttl()).isEqualTo("persistent");

    add(B, 80, nothing(), "PEXPIREAT", "k", SOONER);

    assertThat(ttl()).isEqualTo(SOONER);
    assertThat(window.unsureExpiries()).containsExactly(KEY);
  }

  @Test
  void shouldTakeTheLongerTimeToLiveWhileItIsInDoubt() {
    becomeStringAgainAtUnknownTime();
    add(A, 65, nothing(), "PEXPIREAT", "k", LATER);
    add(B, 80, nothing(), "PEXPIREAT", "k", SOONER);

    assertThat(ttl()).isEqualTo(LATER);
    assertThat(window.unsureExpiries()).containsExactly(KEY);
  }

  /** Other nodes may have seen another type there, which took the time to live. */
  private void becomeStringAgainAtUnknownTime() {
    add(A, 50, nothing(), "INCR", "k");
    add(A, 70, nothing(), "INCR", "k");
    add(B, 60, nothing(), "SADD", "k", "e");
  }

  @Test
  void shouldNotKeepTheTimeToLiveOfAStringThatAnotherTypeFollowed() {
    add(A, 10, nothing(), "ZADD", "k", "1", "e");
    add(A, 40, nothing(), "ZADD", "k", "2", "e");
    add(B, 20, nothing(), "SET", "k", "v", "PXAT", LATER);
    add(B, 50, nothing(), "PEXPIREAT", "k", SOONER);

    assertThat(ttl()).isEqualTo(SOONER);
  }

  @Test
  void shouldDoubtATimeToLiveUnderWhichAnotherTypeCameAndWent() {
    add(B, 10, nothing(), "ZADD", "k", "1", "e");
    add(A, 30, nothing(), "PEXPIREAT", "k", SOONER);
    add(A, 40, seen(B, 10), "ZADD", "k", "2", "e");
    add(B, 20, nothing(), "XADD", "k", "1-1", "f", "v");

    assertThat(window.unsureExpiries()).containsExactly(KEY);
  }

  @Test
  void shouldNotWriteAnOlderValueOverTheOneThatAStateHolds() {
    add(A, 20, nothing(), "ZADD", "k", "2", "e");
    add(B, 10, nothing(), "ZADD", "k", "1", "e");

    assertThat(onTopOfStateOf(A, 30)).isEmpty();
  }

  @Test
  void shouldWriteALaterValueOverTheOneThatAStateHolds() {
    add(A, 10, nothing(), "ZADD", "k", "2", "e");
    add(B, 20, nothing(), "ZADD", "k", "1", "e");

    assertThat(onTopOfStateOf(A, 30)).containsExactly("ZADD k 1 e");
  }

  @Test
  void shouldRemoveFromAStateWhatEndedWithoutIt() {
    add(A, 10, nothing(), "SADD", "k", "e");
    add(B, 20, seen(A, 10), "SREM", "k", "e");

    assertThat(onTopOfStateOf(A, 30)).containsExactly("SREM k e");
  }

  @Test
  void shouldPutBackWhatLivesOnBeforeAnythingElseIsDoneToAState() {
    add(A, 10, nothing(), "ZADD", "k", "1", "e");
    add(C, 12, nothing(), "ZADD", "k", "2", "e");
    add(B, 20, seen(C, 12), "ZREM", "k", "e");
    add(B, 25, seen(C, 12), "ZADD", "k", "3", "f");

    assertThat(onTopOfStateOf(A, 40, seen(C, 12))).containsExactly("ZADD k 1 e", "ZADD k 3 f");
  }

  /** The state may lack it, for a reason that this node does not know of. */
  @Test
  void shouldNotPutBackWhatARemovalChangedNothingAbout() {
    add(A, 10, nothing(), "SADD", "k", "e");
    add(A, 30, nothing(), "SADD", "k", "e");
    add(B, 20, seen(A, 10), "SREM", "k", "e");

    assertThat(onTopOfStateOf(A, 40)).isEmpty();
  }

  @Test
  void shouldRememberWhatLivesOnAsLongAsARemovalThatHadNotSeenIt() {
    add(B, 10, nothing(), "ZADD", "k", "1", "e");
    add(C, 15, nothing(), "ZADD", "k", "2", "e");
    add(A, 20, seen(C, 15), "ZREM", "k", "e");
    forgetting.learn("c", seen(B, 10));
    window.forget();

    assertThat(onTopOfStateOf(B, 12, seen(C, 15))).containsExactly("ZADD k 1 e");
  }

  @Test
  void shouldNotTakeAKeyForUnchangedThatAStoreReplacedBeforeItWasRemoved() {
    add(A, 10, nothing(), "SUNIONSTORE", "k", "m");
    add(B, 20, nothing(), "DEL", "k");
    Op.Opaque reading = (Op.Opaque) parse(30, "SUNIONSTORE", "n", "k").get(0);
    window.sources().reach(B, 20);

    assertThat(areAsSeen(reading, nothing())).isFalse();
    assertThat(areAsSeen(reading, seen(A, 10))).isTrue();
  }

  @Test
  void shouldNotTakeAKeyForUnchangedThatWasOfAnotherTypeInBetween() {
    add(B, 10, nothing(), "ZADD", "k", "1", "e");
    add(A, 20, nothing(), "SADD", "k", "e");
    add(B, 25, nothing(), "ZADD", "k", "1", "f");
    Op.Opaque reading = (Op.Opaque) parse(30, "SUNIONSTORE", "n", "k").get(0);
    window.sources().reach(B, 25);

    assertThat(areAsSeen(reading, nothing())).isFalse();
    assertThat(areAsSeen(reading, seen(A, 20))).isTrue();
  }

  private boolean areAsSeen(Op.Opaque reading, VersionVector seen) {
    return window.sources().areAsSeen(new Stamp(30, B, 30), seen, reading, Map.of());
  }

  private Window window() {
    forgetting.join("b");
    forgetting.join("c");
    return new Window(A, forgetting, POLICY);
  }

  private static VersionVector nothing() {
    return VersionVector.EMPTY;
  }

  private static VersionVector seen(StreamId stream, long offset) {
    return VersionVector.of(Map.of(stream, new Progress(offset, offset, 0, 0)));
  }

  private void add(StreamId origin, long hlc, VersionVector seen, String... words) {
    parse(hlc, words).forEach(op -> window.add(new Stamp(hlc, origin, hlc), seen, op));
  }

  private static List<Op> parse(long hlc, String... words) {
    byte[][] args = Arrays.stream(words).map(Text::bytes).toArray(byte[][]::new);
    return new ArrayList<>(new CommandTable().under(POLICY).parse(new Change(0, args, hlc), hlc));
  }

  private String ttl() {
    ElementOp counts = window.of(KEY).overwriteOf(Element.EXPIRY).op();
    return counts instanceof ElementOp.Put put ? Text.latin1(put.value()) : "persistent";
  }

  /** What is executed on top of what a node published that had seen nothing of others. */
  private List<String> onTopOfStateOf(StreamId origin, long hlc) {
    return onTopOfStateOf(origin, hlc, nothing());
  }

  private List<String> onTopOfStateOf(StreamId origin, long hlc, VersionVector seen) {
    List<String> commands = new ArrayList<>();
    for (LaterOp each : window.uncoveredBy(new Stamp(hlc, origin, hlc), seen, KEY)) {
      commands.add(text(each.op()));
    }
    return commands;
  }

  private static String text(ElementOp op) {
    String name = op.element().name().toString();
    return switch (op.element().type()) {
      case ZSET -> "ZADD k " + Text.latin1(((ElementOp.Put) op).value()) + " " + name;
      default -> (op instanceof ElementOp.Remove ? "SREM" : "SADD") + " k " + name;
    };
  }
}

package io.norn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.stream.StreamItem.ChangeUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a decoder makes of deletes that ticks say are the server's own. */
class ServerDeletesTest {
  private final StreamScript stream = new StreamScript();

  @Test
  void shouldHandOnDeletesByTheirCause() {
    long expired = stream.add("DEL", "k");
    long evicted = stream.add("UNLINK", "l");
    long fields = stream.add("HDEL", "h", "f", "g");
    long clients = stream.add("DEL", "m");
    stream.tick(
        7,
        clients,
        Map.of(
            expired, DeleteCause.EXPIRED,
            evicted, DeleteCause.EVICTED,
            fields, DeleteCause.FIELD_EXPIRED));

    assertThat(stream.lines())
        .containsExactly(
            "unit 7 [NORN.EXPIRED k@10] @10 resume 10",
            "unit 8 [NORN.EVICTED l@20] @20 resume 20",
            "unit 9 [NORN.HEXPIRED h f g@30] @30 resume 30",
            "unit 10 [DEL m@40] @40 resume 40");
  }

  @Test
  void shouldTellADeleteInsideATransactionOfAClient() {
    stream.add("MULTI");
    long expired = stream.add("DEL", "k");
    stream.add("SET", "k", "v");
    stream.add("DEL", "k");
    long end = stream.add("EXEC");
    stream.tick(7, end, Map.of(expired, DeleteCause.EXPIRED));

    assertThat(stream.lines())
        .containsExactly("unit 7 [NORN.EXPIRED k@20, SET k v@30, DEL k@40] @50 resume 50");
  }

  @Test
  void shouldLetOnlyTheFirstTickThatCoversADeleteCount() {
    long offset = stream.add("DEL", "k");
    stream.tick(7, offset);
    long next = stream.add("DEL", "l");
    stream.tick(8, next, Map.of(offset, DeleteCause.EXPIRED));
    stream.tick(9, next, Map.of(next, DeleteCause.EXPIRED));

    assertThat(stream.lines())
        .containsExactly("unit 7 [DEL k@10] @10 resume 10", "unit 8 [DEL l@30] @30 resume 30");
  }

  @Test
  void shouldTakeItForAClientsWhenAnotherAgentsTickHasNoList() {
    long offset = stream.add("DEL", "k");
    stream.tick(9, offset);
    stream.tick(7, offset, Map.of(offset, DeleteCause.EXPIRED));

    assertThat(stream.lines()).containsExactly("unit 9 [DEL k@10] @10 resume 10");
  }

  @Test
  void shouldNotLetATickOfAnotherStreamTell() {
    long offset = stream.add("DEL", "k");
    stream.add("HSET", "__norn", "t", "7 other " + offset + " x:" + offset);

    assertThat(stream.lines()).isEmpty();
    assertThat(stream.decoder().coveredUpto()).isZero();
  }

  @Test
  void shouldKeepACauseThatDoesNotFit() {
    long key = stream.add("DEL", "k");
    long two = stream.add("DEL", "k", "l");
    long fields = stream.add("HDEL", "h", "f");
    long set = stream.add("SET", "k", "v");
    stream.tick(
        7,
        set,
        Map.of(
            key, DeleteCause.FIELD_EXPIRED,
            two, DeleteCause.EXPIRED,
            fields, DeleteCause.EVICTED,
            set, DeleteCause.EXPIRED));

    assertThat(stream.lines())
        .containsExactly(
            "unit 7 [DEL k@10] @10 resume 10",
            "unit 8 [DEL k l@20] @20 resume 20",
            "unit 9 [HDEL h f@30] @30 resume 30",
            "unit 10 [SET k v@40] @40 resume 40");
  }

  @Test
  void shouldNameDeletesThatATickHasToTell() {
    stream.add("SET", "k", "v");
    stream.add("MULTI");
    long first = stream.add("DEL", "k");
    stream.add("DEL", "l", "l");
    stream.add("HDEL", "h", "f", "f");
    long end = stream.add("EXEC");
    long second = stream.add("HDEL", "h", "f");

    List<UnclassifiedDelete> all = stream.deletes();

    assertThat(all).extracting(UnclassifiedDelete::endOffset).containsExactly(first, second);
    assertThat(all).extracting(UnclassifiedDelete::begin).containsExactly(10L, end);
    assertThat(all).extracting(UnclassifiedDelete::end).containsExactly(end, second);
    assertThat(all).extracting(UnclassifiedDelete::isOfFields).containsExactly(false, true);
  }

  @Test
  void shouldKnowWhenAKeyThatWasDeletedTwiceWasToExpire() {
    stream.add("SET", "k", "v", "PXAT", "5000");
    stream.add("DEL", "k");
    stream.add("SET", "k", "v");
    stream.add("DEL", "k");
    stream.add("SET", "k", "v", "PXAT", "6000");
    stream.add("DEL", "k");
    stream.add("SADD", "k", "m");
    stream.add("PEXPIREAT", "k", "7000");
    stream.add("DEL", "k");
    stream.add("RENAME", "l", "k");
    stream.add("DEL", "k");
    stream.tick(7, 110);
    stream.add("DEL", "k");

    long any = UnclassifiedDelete.ANY_TIME;
    assertThat(stream.deletes())
        .extracting(UnclassifiedDelete::dueMillis)
        .containsExactly(any, UnclassifiedDelete.NEVER, 6000L, 7000L, any, any);
  }

  @Test
  void shouldHandOnADeleteInsideAMarkedTransactionAsTheNodesOwn() {
    stream.add("MULTI");
    stream.marker(3, 500, 100);
    long expired = stream.add("DEL", "k");
    stream.add("HSET", "k", "f", "v");
    stream.add("DEL", "l");
    long end = stream.add("EXEC");
    assertThat(stream.items()).isEmpty();
    assertThat(stream.decoder().uncoveredUpto()).isEqualTo(end);

    stream.tick(7, end, Map.of(expired, DeleteCause.EXPIRED));

    assertThat(stream.lines())
        .containsExactly(
            "batch 3 [HSET k f v@40, DEL l@50] @30 resume 0",
            "unit 101 [NORN.EXPIRED k@30] @60 resume 60");
    ChangeUnit unit = (ChangeUnit) stream.items().get(1);
    assertThat(unit.seen().covers(StreamScript.OTHER, 500)).isFalse();
    assertThat(stream.decoder().vector().covers(StreamScript.OTHER, 500)).isTrue();
    assertThat(stream.decoder().released()).isEqualTo(new DecoderState(70, 0, 101));
  }

  @Test
  void shouldWaitForATickWhenAMarkedTransactionMayHoldADeleteOfTheServer() {
    stream.add("MULTI");
    stream.marker(3, 500, 100);
    stream.add("DEL", "k");
    long end = stream.add("EXEC");
    stream.tick(7, end);

    assertThat(stream.lines()).containsExactly("batch 3 [DEL k@30] @40 resume 40");
  }

  @Test
  void shouldWaitForNoTickWhenAnAgentWroteTheDeletesOfItsTransaction() {
    stream.add("MULTI");
    stream.marker(3, 500, 100);
    stream.add("DEL", "k", "k");
    stream.add("HDEL", "h", "f", "f");
    stream.add("EXEC");

    assertThat(stream.lines()).containsExactly("batch 3 [DEL k k@30, HDEL h f f@40] @50 resume 50");
    assertThat(stream.decoder().uncoveredUpto()).isZero();
  }

  @Test
  void shouldGiveTheSameWhenReadingIsResumedBehindAnyItem() {
    byte[][][] commands = {
      words("SET", "k", "v"),
      words("MULTI"),
      new Marker("i", 3, Map.of(StreamScript.OTHER, new Progress(500, 100, 0, 3))).asWrite(),
      words("DEL", "k"),
      words("SET", "m", "v"),
      words("EXEC"),
      words("DEL", "l"),
      words("HSET", "__norn", "t", "7 s1 70 x:40,70"),
      words("DEL", "m"),
      words("HSET", "__norn", "t", "9 s1 90")
    };
    List<StreamItem> whole = read(commands, DecoderState.at(0));
    assertThat(whole).hasSize(5);

    for (int i = 0; i < whole.size(); i++) {
      List<StreamItem> rest = read(commands, whole.get(i).after());
      long place = whole.get(i).place();
      List<String> expected = lines(whole.subList(i + 1, whole.size()));
      assertThat(lines(rest.stream().filter(item -> item.place() > place).toList()))
          .isEqualTo(expected);
    }
  }

  private static List<String> lines(List<StreamItem> items) {
    return StreamScript.lines(items);
  }

  private static List<StreamItem> read(byte[][][] commands, DecoderState start) {
    StreamScript script = new StreamScript(start);
    for (int i = (int) (start.offset() / 10); i < commands.length; i++) {
      script.add(commands[i]);
    }
    return script.items();
  }

  private static byte[][] words(String... words) {
    return Arrays.stream(words).map(Text::bytes).toArray(byte[][]::new);
  }
}

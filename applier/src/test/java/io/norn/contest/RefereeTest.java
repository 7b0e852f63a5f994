package io.norn.contest;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.MergePolicy;
import io.norn.command.Op;
import io.norn.stream.Change;
import io.norn.stream.Progress;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import io.norn.window.Forgetting;
import io.norn.window.Window;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of operations of b, where a has written at 10 or 30. */
final class RefereeTest {
  private static final StreamId A = new StreamId("a", "sa");
  private static final StreamId B = new StreamId("b", "sb");

  private final Forgetting forgetting = new Forgetting("a");
  private final Window window = new Window(A, forgetting, MergePolicy.DEFAULT);
  private final Referee referee = new Referee(window);

  RefereeTest() {
    forgetting.join("b");
    forgetting.join("c");
  }

  private static Change change(String command) {
    byte[][] words = Stream.of(command.split(" ", 0)).map(Text::bytes).toArray(byte[][]::new);
    return new Change(0, words, 0);
  }

  private static List<Op> parse(String command) {
    return new CommandTable().parse(change(command), 1_000_000);
  }

  private void own(long at, String command) {
    parse(command).forEach(op -> window.add(new Stamp(at, A, at), op));
  }

  private void peer(String command, VersionVector seen, boolean skipped) {
    Stamp stamp = new Stamp(20, B, 20);
    parse(command).forEach(op -> referee.judge(stamp, seen, op, skipped, change(command).args()));
  }

  private void peer(String command) {
    peer(command, VersionVector.EMPTY, false);
  }

  private String said() {
    return String.join("; ", referee.contests().kept().stream().map(RefereeTest::text).toList());
  }

  private static String text(Contest contest) {
    return contest.rule().label()
        + " "
        + contest.key().key()
        + ": "
        + contest.winner().stamp().origin().node()
        + " "
        + contest.winner().command()
        + " > "
        + contest.loser().command();
  }

  @Test
  void shouldNameWhatReplacedALateOne() {
    own(30, "SET k new");
    peer("SET k old", VersionVector.EMPTY, true);
    assertThat(said()).isEqualTo("skipped k: a wrote the whole key > SET k old");
  }

  @Test
  void shouldTellARemovalFromAWrite() {
    own(30, "DEL k");
    peer("SET k old", VersionVector.EMPTY, true);
    assertThat(said()).isEqualTo("skipped k: a removed the key > SET k old");
  }

  @Test
  void shouldSayWhichPartWasLeftOut() {
    own(30, "HSET h f 2");
    peer("HSET h f 1 g 1", VersionVector.EMPTY, true);
    assertThat(said()).isEqualTo("cut-down h: a HSET f 2 > HSET h f 1 g 1");
  }

  @Test
  void shouldSayThatALaterOneWasExecutedAgain() {
    own(30, "INCR n");
    peer("SET n 10");
    assertThat(said()).isEqualTo("redone n: a INCRBY 1 > SET n 10");
  }

  @Test
  void shouldSayWhatADeleteLeft() {
    own(30, "HSET h f 2");
    peer("DEL h");
    assertThat(said()).isEqualTo("redone h: a HSET f 2 > DEL h");
  }

  @Test
  void shouldSayThatTheTypeIsAnother() {
    own(30, "SADD k m");
    peer("HSET k f 1");
    assertThat(said()).isEqualTo("type-changed k: a SADD m > HSET k f 1");
  }

  @Test
  void shouldSayWhatANewerOneReplaced() {
    own(10, "SET k old");
    peer("SET k new");
    assertThat(said()).isEqualTo("overwritten k: b SET k new > wrote the whole key");
  }

  @Test
  void shouldSayWhichFieldANewerOneReplaced() {
    own(10, "HSET h f 1");
    peer("HSET h f 2");
    assertThat(said()).isEqualTo("overwritten h: b HSET h f 2 > HSET f 1");
  }

  @Test
  void shouldSayNothingOfWhatThePeerHadSeen() {
    own(10, "SET k old");
    own(11, "HSET h f 1");
    VersionVector all = VersionVector.of(Map.of(A, new Progress(15, 15, 0, 1)));
    peer("SET k new", all, false);
    peer("HSET h f 2", all, false);
    peer("DEL h", all, false);
    assertThat(referee.contests().isEmpty()).isTrue();
  }

  @Test
  void shouldSayNothingWhereBothCount() {
    own(30, "INCR n");
    own(30, "HSET h f 1");
    own(30, "SADD s m");
    own(30, "HSET same f 1");
    own(30, "ZINCRBY z 1 m");
    own(30, "DEL gone");
    peer("INCR n");
    peer("HSET h g 1");
    peer("SADD s o");
    peer("HSET same f 1", VersionVector.EMPTY, true);
    peer("ZINCRBY z 2 m");
    peer("DEL gone", VersionVector.EMPTY, true);
    peer("SET elsewhere 1");
    assertThat(said()).isEmpty();
    assertThat(referee.contests()).isSameAs(Contests.NONE);
  }

  @Test
  void shouldSayWhatAFlushLeft() {
    own(30, "SET k new");
    referee.flushed(new Stamp(20, B, 20), parse("SET k new").get(0).keys().get(0));
    assertThat(said()).isEqualTo("skipped k: a wrote the whole key > FLUSH");
  }

  @Test
  void shouldSayThatOrderCouldNotBeHad() {
    own(30, "APPEND k a");
    peer("APPEND k b");
    assertThat(said()).isEqualTo("by-state k: a APPEND k a > APPEND k b");
  }

  @Test
  void shouldSayWhatAStateReplaced() {
    own(10, "APPEND k a");
    Op state = new Op.State(parse("APPEND k a").get(0).keys().get(0), new byte[0], 0);
    referee.judge(new Stamp(20, B, 20), VersionVector.EMPTY, state, false, new byte[0][]);
    assertThat(said()).isEqualTo("by-state k: b published the key, 0 bytes > APPEND k a");
  }

  @Test
  void shouldCountWhatItDoesNotKeep() {
    own(30, "SET k new");
    for (int i = 0; i < 100; i++) {
      peer("SET k old", VersionVector.EMPTY, true);
    }
    referee.contests().eachCount((rule, type, count) -> assertThat(count).isEqualTo(100));
    assertThat(referee.contests().kept()).hasSizeLessThan(50);
  }
}

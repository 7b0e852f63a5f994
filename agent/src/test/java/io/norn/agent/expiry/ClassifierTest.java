package io.norn.agent.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.agent.expiry.Classifier.Unseen;
import io.norn.stream.Change;
import io.norn.stream.DeleteCause;
import io.norn.stream.Text;
import io.norn.stream.UnclassifiedDelete;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private static final long NOW_MILLIS = 1_000_000;

  private final Classifier own = open(Unseen.CLIENTS);

  private static Classifier open(Unseen unseen) {
    Classifier classifier = new Classifier(unseen, () -> NOW_MILLIS);
    classifier.opening(0);
    classifier.opened(0);
    return classifier;
  }

  @Test
  void shouldTakeADeleteWithoutAnEventForAClientsAfterOneQuestion() {
    own.deleted(delete("k", 20, 10));
    assertThat(own.coverage(20).upto()).isEqualTo(10);

    assertThat(own.probe()).isTrue();
    assertThat(own.probe()).isFalse();
    assertThat(own.probed()).isFalse();

    assertThat(own.coverage(20)).isEqualTo(coverage(20, Map.of()));
  }

  @Test
  void shouldNotDecideWhatWasReadAfterTheQuestionWasSent() {
    own.deleted(delete("k", 20, 10));
    own.probe();
    own.deleted(delete("l", 30, 20));
    own.probed();

    assertThat(own.coverage(30).upto()).isEqualTo(20);
    assertThat(own.probe()).isTrue();
    own.probed();
    assertThat(own.coverage(30).upto()).isEqualTo(30);
  }

  @Test
  void shouldTellADeleteWithAnEventOnceTheStreamIsReadBehindTheQuestion() {
    own.deleted(delete("k", 20, 10));
    own.removed(event("k", DeleteCause.EXPIRED));
    own.probe();
    assertThat(own.probed()).isTrue();
    own.cut(50);
    assertThat(own.coverage(40).upto()).isEqualTo(10);

    own.read(50, 0);

    assertThat(own.coverage(40)).isEqualTo(coverage(40, Map.of(20L, DeleteCause.EXPIRED)));
  }

  @Test
  void shouldNotGiveAClientsDeleteTheEventOfALaterOne() {
    own.deleted(delete("k", 20, 10));
    own.removed(event("k", DeleteCause.EXPIRED));
    own.probe();
    own.probed();
    own.cut(50);
    own.deleted(delete("k", 40, 30, NOW_MILLIS - 5));
    own.read(50, 0);
    assertThat(own.coverage(50).upto()).isEqualTo(10);

    own.probe();
    own.probed();
    own.cut(50);

    assertThat(own.coverage(50)).isEqualTo(coverage(50, Map.of(40L, DeleteCause.EXPIRED)));
  }

  @Test
  void shouldGiveEventsToThoseDeletesThatHadAnExpiryDue() {
    own.deleted(delete("k", 20, 10, NOW_MILLIS + 60_000));
    own.deleted(delete("k", 30, 20, UnclassifiedDelete.NEVER));
    own.deleted(delete("k", 40, 30, NOW_MILLIS + 5));
    own.deleted(delete("k", 50, 40, UnclassifiedDelete.ANY_TIME));
    own.removed(event("k", DeleteCause.EXPIRED));
    settle(own, 50);

    assertThat(own.coverage(50)).isEqualTo(coverage(50, Map.of(40L, DeleteCause.EXPIRED)));
  }

  @Test
  void shouldForgetEventsThatBelongToNoDelete() {
    own.removed(event("k", DeleteCause.EXPIRED));
    settle(own, 10);
    own.deleted(delete("k", 20, 10));
    settle(own, 20);

    assertThat(own.coverage(20)).isEqualTo(coverage(20, Map.of()));
  }

  @Test
  void shouldKeepKeysOfDatabasesApartAndFieldsFromKeys() {
    own.deleted(delete("k", 20, 10));
    own.deleted(fields("k", 30, 20, 30));
    own.removed(new ServerEvent(1, Text.bytes("k"), DeleteCause.EXPIRED));
    own.removed(event("k", DeleteCause.FIELD_EXPIRED));
    settle(own, 30);

    assertThat(own.coverage(30)).isEqualTo(coverage(30, Map.of(30L, DeleteCause.FIELD_EXPIRED)));
  }

  @Test
  void shouldTakeTheKeyThatWentWithItsLastFieldForExpiredToo() {
    own.deleted(fields("h", 30, 10, 50));
    own.deleted(new UnclassifiedDelete(change(40, "UNLINK", "h"), 10, 50, 2, -1));
    own.removed(event("h", DeleteCause.FIELD_EXPIRED));
    settle(own, 50);

    assertThat(own.coverage(50))
        .isEqualTo(coverage(50, Map.of(30L, DeleteCause.FIELD_EXPIRED, 40L, DeleteCause.EXPIRED)));
  }

  @Test
  void shouldTakeAKeyForDeletedByAClientWhoRemovedAFieldBefore() {
    own.deleted(fields("h", 30, 10, 50));
    own.deleted(new UnclassifiedDelete(change(40, "DEL", "h"), 10, 50, 2, -1));
    settle(own, 50);

    assertThat(own.coverage(50)).isEqualTo(coverage(50, Map.of()));
  }

  @Test
  void shouldTakeForClientsAndCountWhatNoSubscriptionSaw() {
    own.lost();
    own.deleted(delete("k", 20, 10));
    own.opening(30);
    own.deleted(delete("l", 25, 20));
    own.opened(40);
    own.deleted(delete("m", 35, 25));
    settle(own, 60);

    Coverage coverage = own.coverage(60);
    assertThat(coverage).isEqualTo(new Coverage(60, coverage.deletes(), 3));
    assertThat(coverage.deletes()).isEmpty();
    own.written(coverage);
    assertThat(own.unseenCount()).isEqualTo(3);
    assertThat(own.coverage(60).unseen()).isZero();
  }

  @Test
  void shouldUseEventsThatCameBeforeTheSubscriptionWasLost() {
    own.deleted(delete("k", 20, 10));
    own.deleted(delete("l", 30, 20));
    own.removed(event("k", DeleteCause.EVICTED));
    own.lost();

    Coverage coverage = own.coverage(30);
    assertThat(coverage.deletes()).isEqualTo(Map.of(20L, DeleteCause.EVICTED));
    assertThat(coverage.unseen()).isOne();
  }

  @Test
  void shouldLetNoTickOfAPeersPassWhatWasNotSeen() {
    Classifier peers = new Classifier(Unseen.LEFT_TO_OTHERS, () -> NOW_MILLIS);
    peers.deleted(delete("k", 20, 10));
    peers.opening(20);
    peers.opened(20);
    peers.deleted(delete("l", 30, 20));
    settle(peers, 30);
    assertThat(peers.coverage(30).upto()).isEqualTo(10);

    peers.read(30, 20);
    assertThat(peers.coverage(30).upto()).isEqualTo(30);
  }

  @Test
  void shouldGoOnWithAKeyThatIsDeletedAllTheTime() {
    own.deleted(delete("k", 20, 10));
    own.removed(event("k", DeleteCause.EXPIRED));
    long offset = 20;
    for (int i = 0; i < 10 && own.coverage(20).upto() < 20; i++) {
      own.probe();
      own.probed();
      own.deleted(delete("k", offset + 10, offset, UnclassifiedDelete.NEVER));
      own.deleted(delete("k", offset + 20, offset + 10, UnclassifiedDelete.NEVER));
      offset += 20;
      own.cut(offset);
      own.read(offset, 0);
    }

    assertThat(own.coverage(20)).isEqualTo(coverage(20, Map.of(20L, DeleteCause.EXPIRED)));
  }

  @Test
  void shouldListOnlySoManyDeletesInATick() {
    for (int i = 1; i <= 2500; i++) {
      own.deleted(delete("k" + i, 10L * i, 10L * (i - 1)));
      own.removed(event("k" + i, DeleteCause.EXPIRED));
    }
    settle(own, 25_000);

    Coverage first = own.coverage(25_000);
    assertThat(first.deletes()).hasSize(1000);
    assertThat(first.upto()).isEqualTo(10_000);
    own.written(first);
    assertThat(own.coverage(25_000).upto()).isEqualTo(20_000);
  }

  private static void settle(Classifier classifier, long offset) {
    classifier.read(offset, 0);
    if (classifier.probe() && classifier.probed()) {
      classifier.cut(offset);
    }
  }

  private static Coverage coverage(long upto, Map<Long, DeleteCause> deletes) {
    return new Coverage(upto, new java.util.TreeMap<>(deletes), 0);
  }

  private static ServerEvent event(String key, DeleteCause cause) {
    return new ServerEvent(0, Text.bytes(key), cause);
  }

  private static UnclassifiedDelete delete(String key, long end, long begin) {
    return delete(key, end, begin, UnclassifiedDelete.ANY_TIME);
  }

  private static UnclassifiedDelete delete(String key, long end, long begin, long dueMillis) {
    return new UnclassifiedDelete(change(end, "DEL", key), begin, end, 1, dueMillis);
  }

  private static UnclassifiedDelete fields(String key, long offset, long begin, long end) {
    return new UnclassifiedDelete(
        change(offset, "HDEL", key, "f"), begin, end, 2, UnclassifiedDelete.ANY_TIME);
  }

  private static Change change(long endOffset, String... words) {
    return new Change(0, Arrays.stream(words).map(Text::bytes).toArray(byte[][]::new), endOffset);
  }
}

package io.norn.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.net.Address;
import io.norn.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerStoreTest {
  private static final Address A = new Address("a", 1);
  private static final Address B = new Address("b", 2);
  private static final Address C = new Address("::1", 3);

  @TempDir Path parent;
  private Path directory;

  @BeforeEach
  void directory() {
    directory = parent.resolve("data");
  }

  @Test
  void shouldBeginWithTheConfiguredPeersAndWriteNothing() throws IOException {
    assertThat(open(A, B).peers()).containsExactly(A, B);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldRememberWhatWasAddedAndRemoved() throws IOException {
    PeerStore store = open(A, B);
    assertThat(store.add(C)).isTrue();
    assertThat(store.add(C)).isFalse();
    assertThat(store.remove(A)).isTrue();
    assertThat(store.remove(A)).isFalse();
    assertThat(store.peers()).containsExactly(B, C);
    assertThat(open(A, B).peers()).containsExactly(B, C);
    assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));
  }

  @Test
  void shouldRememberWhatIsPausedUntilItIsResumedOrRemoved() throws IOException {
    assertThat(open(A).pause(B)).isFalse();
    assertThat(open(A, B).pause(A)).isTrue();
    assertThat(open(A, B).isPaused(A)).isTrue();
    assertThat(open(A, B).isPaused(B)).isFalse();
    assertThat(open(A, B).peers()).containsExactly(A, B);
    open(A, B).resume(A);
    assertThat(open(A, B).isPaused(A)).isFalse();
    open(A, B).pause(B);
    open(A, B).remove(B);
    open(A, B).add(B);
    assertThat(open(A, B).isPaused(B)).isFalse();
  }

  @Test
  void shouldTakeAConfiguredPeerBackWhenItIsAddedAgain() throws IOException {
    open(A, B).remove(A);
    assertThat(open(A, B).add(A)).isTrue();
    assertThat(open(A, B).peers()).containsExactly(A, B);
  }

  @Test
  void shouldForgetARemovalOnceTheConfigurationNoLongerNamesThePeer() throws IOException {
    open(A, B).remove(A);
    assertThat(open(B).peers()).containsExactly(B);
    assertThat(open(A, B).peers()).containsExactly(A, B);
  }

  @Test
  void shouldRemoveAnAddedPeerThatWasConfiguredLater() throws IOException {
    open().add(A);
    assertThat(open(A).remove(A)).isTrue();
    assertThat(open(A).peers()).isEmpty();
  }

  @Test
  void shouldRefuseADamagedFileInOneLine() throws IOException {
    open(A).add(B);
    Path file = directory.resolve("peers");
    String good = Files.readString(file);
    for (String bad :
        List.of(
            "",
            "x",
            "norn-peers 1\n",
            good.substring(0, good.length() - 3),
            good.replace("added b 2\n", ""),
            good.replace("added", "adde"),
            good.replace("b 2", "b"),
            good.replace("b 2", "b 99999"),
            good + "added c 3\n")) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> open(A))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + " line ")
          .hasMessageContaining("damaged")
          .message()
          .doesNotContain("\n");
    }
    Files.writeString(file, good);
    assertThat(open(A).peers()).containsExactly(A, B);
  }

  @Test
  void shouldChangeNothingWhenItCannotBeWritten() throws IOException {
    PeerStore store = open(A);
    Files.createDirectories(directory.resolve("peers.tmp"));
    assertThatThrownBy(() -> store.add(B))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("peers cannot be written");
    assertThat(store.peers()).containsExactly(A);
  }

  @Test
  void shouldAgreeWithAListOverRandomChangesAndRestarts() throws IOException {
    Seed seed = Seed.next();
    Random random = seed.random();
    List<Address> all = List.of(A, B, C);
    Set<Address> expected = new HashSet<>(List.of(A, B));
    PeerStore store = open(A, B);
    for (int i = 0; i < 200; i++) {
      Address peer = all.get(random.nextInt(3));
      boolean isAdd = random.nextBoolean();
      boolean changed = isAdd ? expected.add(peer) : expected.remove(peer);
      assertThat(isAdd ? store.add(peer) : store.remove(peer))
          .as("seed %s", seed)
          .isEqualTo(changed);
      store = random.nextInt(4) == 0 ? open(A, B) : store;
      assertThat(store.peers()).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private PeerStore open(Address... configured) throws IOException {
    return PeerStore.open(directory, List.of(configured));
  }
}

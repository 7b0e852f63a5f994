package io.norn.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.agent.node.NodeRecord;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class LocalAttachIT {
  private static final String OVERRUN = "x".repeat(1 << 20);

  @Test
  void shouldGoOnUnderTheSameNameWhereTheJournalEnds() throws Exception {
    try (LocalNode node = new LocalNode()) {
      String name = node.attachedName();
      assertThat(name).isEqualTo(node.replid());
      assertThat(node.attachedName()).isEqualTo(name);
    }
  }

  @Test
  void shouldStartWhateverAKillLeftOfTheFilesBesideTheJournal() throws Exception {
    try (LocalNode node = new LocalNode()) {
      String first = node.attachedName();
      node.files().checkpoint().delete();
      node.files().replid().delete();
      write(node, "1");
      String second = node.attachedName();
      node.files().checkpoint().delete();
      write(node, "2");
      String third = node.attachedName();
      assertThat(second).startsWith(first + ".").isNotEqualTo(third);
      assertThat(third).startsWith(first + ".").hasSizeLessThanOrEqualTo(64);
      assertThat(third.chars().filter(c -> c == '.').count()).isEqualTo(1);
    }
  }

  @Test
  void shouldStartAnewWhenTheBacklogOverranAgainAndAgain() throws Exception {
    try (LocalNode node = new LocalNode("--repl-backlog-size", "16kb")) {
      String replid = node.attachedName();
      for (int i = 0; i < 3; i++) {
        write(node, OVERRUN);
        String name = node.attachedName();
        assertThat(name).startsWith(replid + ".").hasSizeLessThanOrEqualTo(64);
        claim(node, name);
      }
    }
  }

  @Test
  void shouldNotUseANameAgainThatPeersKnowAfterTheDataDirectoryWasLost() throws Exception {
    try (LocalNode node = new LocalNode()) {
      String lost = node.attachedName();
      claim(node, lost);
      node.openJournal("second");
      assertThat(node.attachedName()).startsWith(lost + ".");
      claim(node, lost + ".1");
      node.openJournal("third");
      assertThat(node.attachedName()).startsWith(lost + ".").isNotEqualTo(lost + ".1");
    }
  }

  @Test
  void shouldReadTheVectorOnlyAfterTheStreamIsAttachedTo() throws Exception {
    try (LocalNode node = new LocalNode()) {
      long[] replicas = {-1};
      node.attach(
              () -> {
                replicas[0] = node.info("connected_slaves");
                return node.record();
              })
          .session()
          .close();
      assertThat(replicas[0]).isEqualTo(1);
    }
  }

  @Test
  void shouldNotPairAnOldStreamWithANewReplidWhenItIsKilledInBetween() throws Exception {
    try (LocalNode node = new LocalNode("--save", "")) {
      node.attachedName();
      node.server().restart();
      node.journal().close();
      assertThatThrownBy(node::attach).isInstanceOf(IOException.class);
      assertThat(Files.exists(node.files().checkpoint().path())).isFalse();
      node.openJournal("first");
      assertThat(node.attachedName()).isEqualTo(node.replid());
    }
  }

  private static void write(LocalNode node, String value) throws IOException {
    try (ServerConnection server = node.server().connect()) {
      server.require("SET", "key", value);
    }
  }

  private static void claim(LocalNode node, String stream) throws IOException {
    try (ServerConnection server = node.server().connect()) {
      server.require("HSET", "__norn", NodeRecord.NODE, LocalNode.NODE, NodeRecord.STREAM, stream);
    }
  }
}

package io.norn.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandFramerTest {
  private static final RespLimits SMALL = new RespLimits(100, 10, 300, 50);

  private static byte[] ascii(String text) {
    return text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> commandsOf(CommandFramer framer) throws MalformedStreamException {
    List<String> seen = new ArrayList<>();
    while (framer.next()) {
      List<String> words =
          Arrays.stream(framer.command())
              .map(b -> new String(b, StandardCharsets.ISO_8859_1))
              .toList();
      seen.add(String.join(" ", words) + "@" + framer.endOffset());
    }
    return seen;
  }

  private static CommandFramer fed(String text) {
    CommandFramer framer = new CommandFramer(1000, SMALL);
    byte[] bytes = ascii(text);
    framer.feed(bytes, 0, bytes.length);
    return framer;
  }

  @Test
  void shouldCutCommandsAndCountOffsetsFromTheStart() throws Exception {
    String stream = "*1~$4~PING~*3~$3~SET~$1~k~$0~~";
    assertThat(commandsOf(fed(stream))).containsExactly("PING@1014", "SET k @1040");
  }

  @Test
  void shouldCountBlankLinesAndCommandsSentAsLines() throws Exception {
    CommandFramer framer = fed("\n\n*1~$4~PING~~PING~ping  a\tb\n\n");
    assertThat(commandsOf(framer)).containsExactly("PING@1016", "PING@1024", "ping a b@1034");
    assertThat(framer.endOffset()).isEqualTo(1035);
  }

  @Test
  void shouldKeepBytesOfArgumentsAsTheyAre() throws Exception {
    assertThat(commandsOf(fed("*2~$1~X~$6~\r\n*1\0\u00ff~")))
        .containsExactly("X \r\n*1\0\u00ff@1023");
  }

  @Test
  void shouldWaitForTheRestAtEverySplit() throws Exception {
    byte[] stream = ascii("\n*2~$4~ECHO~$3~a\r\n~PING~*1~$4~PING~");
    for (int split = 0; split <= stream.length; split++) {
      CommandFramer framer = new CommandFramer(0, SMALL);
      framer.feed(stream, 0, split);
      List<String> seen = new ArrayList<>(commandsOf(framer));
      framer.feed(stream, split, stream.length - split);
      seen.addAll(commandsOf(framer));
      assertThat(seen).containsExactly("ECHO a\r\n@24", "PING@30", "PING@44");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*0~, 1000, number of arguments from 1 to 10",
    "*-1~, 1000, number of arguments",
    "*11~, 1000, number of arguments from 1 to 10",
    "*~, 1000, number of arguments",
    "*12345678901, 1000, number of arguments",
    "*1x, 1000, number of arguments",
    "*1\rx, 1002, line end",
    "*1~PING~, 1004, '$'",
    "*1~$101~, 1004, length of an argument from 0 to 100",
    "*1~$4~PINGxx, 1012, line end",
    "*4~$100~, 1000, ''",
    "$4~PING~, 1000, a command",
    "1234~, 1000, a command",
    "PI\u0001NG, 1000, a command",
    "*1~$4~PING~+OK~, 1014, a command",
  })
  void shouldNameOffsetAndBytesOfGarbage(String stream, long offset, String expected) {
    String filler = expected.isEmpty() ? "a".repeat(100) + "~$100~" : "";
    CommandFramer framer = fed(stream + filler + filler + filler);
    if (expected.isEmpty()) {
      assertThatThrownBy(() -> commandsOf(framer)).hasMessageContaining("at most 300 bytes");
      return;
    }
    assertThatThrownBy(() -> commandsOf(framer))
        .isInstanceOf(MalformedStreamException.class)
        .hasMessageContaining("at offset " + offset + ":")
        .hasMessageContaining(expected)
        .extracting(e -> ((MalformedStreamException) e).offset())
        .isEqualTo(offset);
  }

  @Test
  void shouldRefuseALineThatNeverEnds() {
    assertThatThrownBy(() -> commandsOf(fed("a".repeat(51))))
        .isInstanceOf(MalformedStreamException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*60000000~$600000000~", "*60000000~", "*1~$600000000~abc"})
  void shouldNotAllocateWhatIsOnlyAnnounced(String stream) throws Exception {
    List<CommandFramer> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      CommandFramer framer = new CommandFramer(0, RespLimits.DEFAULT);
      byte[] bytes = ascii(stream);
      framer.feed(bytes, 0, bytes.length);
      assertThat(framer.next()).isFalse();
      many.add(framer);
    }
    assertThat(many).hasSize(1000);
  }

  @Test
  void shouldTakeLargeArgumentsInSmallPieces() throws Exception {
    int length = 20_000_000;
    CommandFramer framer = new CommandFramer(0, RespLimits.DEFAULT);
    byte[] head = ascii("*2~$6~APPEND~$" + length + "~");
    framer.feed(head, 0, head.length);
    byte[] piece = new byte[1000];
    for (int i = 0; i < length / piece.length; i++) {
      assertThat(framer.next()).isFalse();
      framer.feed(piece, 0, piece.length);
    }
    framer.feed(ascii("~*1~$4~PING~"), 0, 16);
    assertThat(framer.next()).isTrue();
    assertThat(framer.command()[1]).hasSize(length);
    assertThat(commandsOf(framer)).hasSize(1);
  }
}

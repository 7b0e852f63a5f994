package io.norn.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CommandFramerPropertyTest {

  /** What the framer should say: arguments in ISO-8859-1 and the offset behind them. */
  private record Framed(List<String> words, long endOffset) {}

  @Provide
  Arbitrary<List<List<byte[]>>> streams() {
    Arbitrary<byte[]> argument = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    // An empty list stands for a blank line.
    return argument.list().ofMaxSize(6).list().ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<Integer>> pieces() {
    return Arbitraries.integers().between(1, 300).list().ofMinSize(1).ofMaxSize(30);
  }

  @Property(tries = 500)
  void shouldGiveTheSameCommandsAndOffsetsForAnySplit(
      @ForAll("streams") List<List<byte[]>> commands, @ForAll("pieces") List<Integer> pieces)
      throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<Framed> expected = new ArrayList<>();
    for (List<byte[]> command : commands) {
      write(stream, command);
      if (!command.isEmpty()) {
        expected.add(framed(command, 77 + stream.size()));
      }
    }
    CommandFramer framer = new CommandFramer(77, RespLimits.DEFAULT);
    assertThat(frame(framer, stream.toByteArray(), pieces)).isEqualTo(expected);
    assertThat(framer.endOffset()).isEqualTo(77 + stream.size());
  }

  private static void write(ByteArrayOutputStream stream, List<byte[]> command) {
    if (command.isEmpty()) {
      stream.write('\n');
      return;
    }
    stream.writeBytes(ascii("*" + command.size() + "\r\n"));
    for (byte[] argument : command) {
      stream.writeBytes(ascii("$" + argument.length + "\r\n"));
      stream.writeBytes(argument);
      stream.writeBytes(ascii("\r\n"));
    }
  }

  private static List<Framed> frame(CommandFramer framer, byte[] stream, List<Integer> pieces)
      throws MalformedStreamException {
    List<Framed> seen = new ArrayList<>();
    int from = 0;
    for (int i = 0; from < stream.length; i++) {
      int length = Math.min(pieces.get(i % pieces.size()), stream.length - from);
      framer.feed(stream, from, length);
      from += length;
      while (framer.next()) {
        seen.add(framed(List.of(framer.command()), framer.endOffset()));
      }
    }
    return seen;
  }

  private static Framed framed(List<byte[]> command, long endOffset) {
    List<String> words =
        command.stream().map(raw -> new String(raw, StandardCharsets.ISO_8859_1)).toList();
    return new Framed(words, endOffset);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

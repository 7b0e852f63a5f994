package io.norn.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on streams as servers write them into their own. */
class StreamCommandsTest {
  private static List<Op> parse(String command) {
    byte[][] args = Arrays.stream(command.split(" ")).map(Text::bytes).toArray(byte[][]::new);
    return new CommandTable().parse(new Change(0, args, 1), 1_000_000);
  }

  private static String text(ElementOp op) {
    Element element = op.element();
    String name = StreamElement.kind(element).toString().toLowerCase(java.util.Locale.ROOT);
    String parts = texts(StreamElement.parts(element));
    if (op instanceof ElementOp.Put put) {
      boolean packed =
          switch (StreamElement.kind(element)) {
            case ENTRY, PENDING -> true;
            default -> false;
          };
      String value = packed ? texts(Packed.parts(put.value())) : Text.latin1(put.value());
      return name + "(" + parts + ")=" + value;
    }
    return op instanceof ElementOp.Bound bound
        ? name + "(" + parts + ")>" + Text.latin1(bound.score())
        : name + "(" + parts + ")-";
  }

  private static String texts(List<byte[]> parts) {
    return parts.stream().map(Text::latin1).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "XADD x 5-1 f v g w                        | entry(5-1)=f v g w",
        "XADD x 5 MAXLEN v                         | entry(5-0)=MAXLEN v",
        "xadd x NOMKSTREAM maxlen = 9 05-01 f v    | entry(5-1)=f v; trim()-",
        "XADD x MINID 4 LIMIT 3 5-1 f v            | entry(5-1)=f v; trim()-",
        "XDEL x 1-1 1-01 2                         | entry(1-1)-; entry(2-0)-",
        "XTRIM x MAXLEN = 3                        | trim()-",
        "XSETID x 7-1 ENTRIESADDED 3               | last_id()>7-1",
        "XACK x g 1-1 2-1                          | pending(g 1-1)-; pending(g 2-1)-",
        "XCLAIM x g c 0 1-1 TIME 5 RETRYCOUNT 2 FORCE JUSTID LASTID 3-1"
            + "                                     | pending(g 1-1)=c 5 2; group(g)>3-1",
        "XCLAIM x g c 0 1-1 2-1                    | pending(g 1-1)=c 1000 1; pending(g 2-1)=c 1000 1",
        "XGROUP CREATE x g $ MKSTREAM              | group(g)=$",
        "XGROUP SETID x g 5                        | group(g)=>5-0",
        "XGROUP SETID x g 5-1 ENTRIESREAD 3        | group(g)>5-1",
        "XGROUP DESTROY x g                        | group(g)-",
        "XGROUP CREATECONSUMER x g c               | consumer(g c)=",
        "XGROUP DELCONSUMER x g c                  | consumer(g c)-"
      })
  void shouldTakeACommandApart(String command, String meaning) {
    Op.Elements op = (Op.Elements) parse(command).get(0);
    assertThat(op.key().key().toString()).isEqualTo("x");
    assertThat(op.type()).isEqualTo(ValueType.STREAM);
    assertThat(op.ops().stream().map(StreamCommandsTest::text).collect(Collectors.joining("; ")))
        .isEqualTo(meaning == null ? "" : meaning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"XADD x", "XADD x MAXLEN 3", "XADD x five f v", "XACK x", "XDEL x 1-1-1"})
  void shouldNotGuessWhatCannotBe(String command) {
    assertThat(parse(command)).allMatch(op -> op instanceof Op.Opaque);
  }

  @Test
  void shouldKnowWhatMakesAStream() {
    assertThat(((Op.Elements) parse("XADD x 1-1 f v").get(0)).creates()).isTrue();
    assertThat(((Op.Elements) parse("XGROUP CREATE x g 0").get(0)).creates()).isTrue();
    for (String each : List.of("XACK x g 1-1", "XSETID x 1-1", "XCLAIM x g c 0 1-1 LASTID 1-1")) {
      assertThat(((Op.Elements) parse(each).get(0)).creates()).as(each).isFalse();
    }
    assertThat(((Op.Elements) parse("XDEL x 1-1").get(0)).ops().get(0).mayEmpty()).isFalse();
  }

  @Test
  void shouldOrderIdsOfAnySize() {
    List<EntryId> ids = new ArrayList<>();
    for (String id :
        List.of("0-0", "0-1", "9-18446744073709551615", "10-0", "18446744073709551615-3")) {
      ids.add(EntryId.parse(Text.bytes(id)).orElseThrow());
      assertThat(ids.get(ids.size() - 1).toString()).isEqualTo(id);
    }
    assertThat(ids).isSorted();
    assertThat(ids.get(3).before()).isEqualTo(ids.get(2));
    assertThat(ids.get(2).after()).isEqualTo(ids.get(3));
    assertThat(ids.get(0).before()).isEqualTo(ids.get(0));
    assertThat(EntryId.parse(Text.bytes("-1"))).isEmpty();
  }
}

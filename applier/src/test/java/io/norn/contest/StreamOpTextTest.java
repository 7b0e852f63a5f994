package io.norn.contest;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.CommandTable;
import io.norn.command.Op;
import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamOpTextTest {
  @ParameterizedTest
  @CsvSource({
    "XADD s 5-1 field value, XADD 5-1 field value",
    "XDEL s 5-1, XDEL 5-1",
    "XTRIM s MAXLEN 3, XTRIM",
    "XSETID s 9-0, XSETID 9-0",
    "XGROUP CREATE s group 5-0, XGROUP SETID group 5-0",
    "XGROUP DESTROY s group, XGROUP DESTROY group",
    "XGROUP CREATECONSUMER s group tom, XGROUP CREATECONSUMER group tom",
    "XGROUP DELCONSUMER s group tom, XGROUP DELCONSUMER group tom",
    "XCLAIM s group tom 0 5-1 TIME 7 RETRYCOUNT 1 FORCE JUSTID, XCLAIM group tom 5-1",
    "XACK s group 5-1, XACK group 5-1",
  })
  void shouldSayWhatAClientWouldHaveTyped(String command, String expected) {
    byte[][] words = Stream.of(command.split(" ", -1)).map(Text::bytes).toArray(byte[][]::new);
    Op.Elements op =
        (Op.Elements) new CommandTable().parse(new Change(0, words, 0), 1_000_000).get(0);
    assertThat(OpText.of(op.ops().get(0))).isEqualTo(expected);
  }
}

package io.norn.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands behind the name of a command. */
class CommandTablePropertyTest {
  private static final String[] OPTIONS = {
    "STORE",
    "STOREDIST",
    "LIMIT",
    "BY",
    "GET",
    "DB",
    "FIELDS",
    "KEEPTTL",
    "EX",
    "PXAT",
    "IFEQ",
    "NX",
    "GT",
    "INCR",
    "STREAMS",
    "KEYS",
    "ABSTTL",
    "0",
    "1",
    "2",
    "3",
    "-1",
    "99",
    ""
  };

  private final CommandTable table = new CommandTable();

  @Provide
  Arbitrary<Change> commands() {
    Arbitrary<String> names =
        Arbitraries.of(CommandTable.rules().stream().map(CommandRule::name).toList());
    Arbitrary<String> words =
        Arbitraries.oneOf(
            Arbitraries.of(OPTIONS), Arbitraries.strings().withCharRange('a', 'd').ofMaxLength(1));
    return Combinators.combine(names, words.list().ofMaxSize(9))
        .as(CommandTablePropertyTest::change);
  }

  private static Change change(String name, List<String> words) {
    List<String> all = new ArrayList<>(List.of(name.split(" ", 0)));
    all.addAll(words);
    return Changes.change(all.toArray(String[]::new));
  }

  @Property
  void shouldTellOnlyKeysThatStandInTheCommand(@ForAll("commands") Change change) {
    Set<Bytes> arguments =
        Arrays.stream(change.args()).skip(1).map(Bytes::new).collect(Collectors.toSet());
    for (Op op : table.parse(change, Changes.HLC_MICROS)) {
      assertThat(arguments)
          .containsAll(Stream.concat(op.keys().stream(), sources(op)).map(DbKey::key).toList());
    }
  }

  @Property
  void shouldTellEachKeyOnce(@ForAll("commands") Change change) {
    List<DbKey> written = new ArrayList<>();
    for (Op op : table.parse(change, Changes.HLC_MICROS)) {
      written.addAll(op.keys());
      assertThat(Stream.concat(op.keys().stream(), sources(op)).toList()).doesNotHaveDuplicates();
    }
    assertThat(written).doesNotHaveDuplicates();
  }

  @Property
  void shouldTouchEachElementOnce(@ForAll("commands") Change change) {
    for (Op op : table.parse(change, Changes.HLC_MICROS)) {
      if (op instanceof Op.Elements elements) {
        List<Element> touched = elements.ops().stream().map(ElementOp::element).toList();
        assertThat(touched).isNotEmpty().doesNotHaveDuplicates();
      }
    }
  }

  @Property
  void shouldNotMindTheCaseOfAName(@ForAll("commands") Change change) {
    byte[][] args = change.args().clone();
    args[0] = Text.bytes(Text.latin1(args[0]).toLowerCase(Locale.ROOT));
    Change lower = new Change(change.db(), args, change.endOffset());
    assertThat(texts(lower)).isEqualTo(texts(change));
  }

  private Set<String> texts(Change change) {
    return new HashSet<>(
        table.parse(change, Changes.HLC_MICROS).stream().map(Changes::text).toList());
  }

  private static Stream<DbKey> sources(Op op) {
    return op instanceof Op.Opaque opaque ? opaque.sources().stream() : Stream.of();
  }
}

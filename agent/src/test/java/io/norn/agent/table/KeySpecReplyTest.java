package io.norn.agent.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.KeySpec;
import io.norn.command.KeySpec.Begin;
import io.norn.command.KeySpec.Find;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Replies as Valkey 8.0 and 9.1 gave them for commands of a module. */
class KeySpecReplyTest {
  private static final List<Object> UNKNOWN = reply("type", "unknown", "spec", List.of());
  private static final List<Object> FIRST = reply("type", "index", "spec", reply("index", 1L));
  private static final List<Object> ONE =
      reply("type", "range", "spec", reply("lastkey", 0L, "keystep", 1L, "limit", 0L));

  @Test
  void shouldReadAKeyAtAnIndex() {
    assertThat(KeySpecReply.parseAll(List.of(spec(List.of("RW", "update"), FIRST, ONE))))
        .containsExactly(new KeySpec(new Begin.Index(1), new Find.Range(0, 1, 0), false));
  }

  @Test
  void shouldReadKeysThatAreCountedBehindAWord() {
    List<Object> word = reply("type", "keyword", "spec", reply("keyword", "FROM", "startfrom", 2L));
    List<Object> counted =
        reply("type", "keynum", "spec", reply("keynumidx", 0L, "firstkey", 1L, "keystep", 1L));
    assertThat(KeySpecReply.parseAll(List.of(spec(List.of("RO", "access"), word, counted))))
        .containsExactly(
            new KeySpec(new Begin.Keyword("FROM", 2), new Find.Counted(0, 1, 1), true));
  }

  @Test
  void shouldLeaveOutWhatCannotBeFollowed() {
    List<Object> noKey = spec(List.of("not_key"), FIRST, ONE);
    List<Object> unknownPlace = spec(List.of("OW"), UNKNOWN, ONE);
    List<Object> unknownNumber = spec(List.of("OW"), FIRST, UNKNOWN);
    assertThat(KeySpecReply.parseAll(List.of(noKey, unknownPlace, unknownNumber))).isEmpty();
  }

  private static List<Object> spec(List<String> flags, List<Object> begin, List<Object> find) {
    return reply("flags", flags, "begin_search", begin, "find_keys", find);
  }

  private static List<Object> reply(Object... namesAndValues) {
    return Stream.of(namesAndValues)
        .map(each -> each instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : each)
        .toList();
  }
}

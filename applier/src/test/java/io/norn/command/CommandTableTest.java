package io.norn.command;

import static io.norn.command.Changes.HLC_MICROS;
import static io.norn.command.Changes.change;
import static io.norn.command.Changes.text;
import static io.norn.command.Changes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTableTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET k v                                | STRING SET k v",
        "set k v NX GET                         | STRING SET k v",
        "SET k v PXAT 5000                      | STRING SET k v PXAT 5000",
        "SET k v EXAT 5 XX                      | STRING SET k v PXAT 5000",
        "SET k v PX 500                         | STRING SET k v PXAT 1500",
        "SET k v EX 5                           | STRING SET k v PXAT 6000",
        "SET k v KEEPTTL                        | STRING k[=v]",
        "SET k v IFEQ keepttl                   | STRING SET k v",
        "SET k v IFEQ px PXAT 5000              | STRING SET k v PXAT 5000",
        "SETNX k v                              | STRING SET k v",
        "SETEX k 5 v                            | STRING SET k v PXAT 6000",
        "PSETEX k 500 v                         | STRING SET k v PXAT 1500",
        "GETSET k v                             | STRING SET k v",
        "GETDEL k                               | delete k",
        "DELIFEQ k v                            | delete k",
        "DECR k                                 | STRING k[+-1]",
        "DECRBY k 7                             | STRING k[+-7]",
        "BITOP NOT d a                          | opaque [d] from [a]",
        "BITOP XOR d a d                        | opaque [d] from [a]",
        "HSET h f 1 g 2 f 3                     | HASH h[f=3, g=2]",
        "HSETEX h FIELDS 2 f 1 g 2              | HASH h[f=1, g=2]",
        "HSETEX h FNX FIELDS 1 f 1              | HASH h[f=1]",
        "HSETEX h PXAT 5000 FIELDS 1 f 1        | opaque [h] from []",
        "HSETEX h KEEPTTL FIELDS 1 f 1          | opaque [h] from []",
        "HSETEX h FIELDS 1 f 1 EX 5             | opaque [h] from []",
        "HGETDEL h FIELDS 2 f g                 | HASH h[-f, -g]",
        "HINCRBY h f 5                          | HASH h[f+5]",
        "HPEXPIREAT h 5000 FIELDS 1 f           | opaque [h] from []",
        "SADD s a b a                           | SET s[a=, b=]",
        "SMOVE s s a                            | SET s[a=]",
        "SINTERSTORE d s t s                    | opaque [d] from [s, t]",
        "ZADD z 1 a 2 b                         | ZSET z[a=1, b=2]",
        "ZADD z NX CH 1 a                       | ZSET z[a=1]",
        "ZADD z GT 1 a                          | ZSET z[a GT 1]",
        "ZADD z NX 1 a 2 b                      | opaque [z] from []",
        "ZINCRBY z 2 a                          | ZSET z[a+2]",
        "ZUNIONSTORE d 2 z d WEIGHTS 1 2        | opaque [d] from [z]",
        "GEOSEARCHSTORE d g FROMMEMBER m        | opaque [d] from [g]",
        "GEORADIUS g 1 2 3 km STORE a STORE STORE | opaque [STORE] from [g]",
        "LMOVE l m LEFT RIGHT                   | opaque [l, m] from []",
        "RPOPLPUSH l l                          | opaque [l] from []",
        "LMPOP 2 l m LEFT                       | opaque [l, m] from []",
        "BLMPOP 0 2 l m LEFT                    | opaque [l, m] from []",
        "BLPOP l m 0                            | opaque [l, m] from []",
        "XREADGROUP GROUP g STREAMS STREAMS x y > > | opaque [x, y] from []",
        "PFMERGE d p q                          | opaque [d] from [p, q]",
        "PEXPIREAT k 5000 GT                    | NONE k[=5000]",
        "EXPIRE k 5                             | NONE k[=6000]",
        "PERSIST k                              | NONE k[-]",
        "COPY a b REPLACE                       | opaque [b] from [a]",
        "COPY a a DB 6                          | opaque [6/a] from [a]",
        "SORT a BY store GET store STORE d      | opaque [d] from [a]",
        "FLUSHDB ASYNC                          | flush 3",
        "FLUSHALL                               | flush -1",
        "SWAPDB 3 6                             | opaque [] from []",
        "FUNCTION LOAD library                  | opaque [] from []",
        "FUNCTION DELETE lib                    | library lib",
        "NOSUCH k                               | opaque [] from []"
      })
  void shouldTakeACommandApart(String command, String meaning) {
    assertThat(texts(command)).containsExactly(meaning);
  }

  @Test
  void shouldTakeACommandWithManyKeysApart() {
    assertThat(texts("MSET a 1 b 2 a 3")).containsExactly("STRING SET a 3", "STRING SET b 2");
    assertThat(texts("MSETEX 2 a 1 b 2 XX PXAT 5000"))
        .containsExactly("STRING SET a 1 PXAT 5000", "STRING SET b 2 PXAT 5000");
    assertThat(texts("MSETEX 1 KEEPTTL 1 KEEPTTL")).containsExactly("STRING KEEPTTL[=1]");
    assertThat(texts("UNLINK a b a")).containsExactly("delete a", "delete b");
    assertThat(texts("SMOVE s t a")).containsExactly("SET s[-a]", "SET t[a=]");
    assertThat(texts("RENAMENX a b")).containsExactly("opaque [b] from [a]", "delete a");
    assertThat(texts("MOVE a 6")).containsExactly("opaque [6/a] from [a]", "delete a");
    assertThat(texts("MIGRATE host 1 k 0 9")).containsExactly("delete k");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET k",
        "HSET h f",
        "HDEL h",
        "INCRBY k x",
        "DECRBY k -9223372036854775808",
        "LPUSH",
        "MSETEX 9 a 1",
        "MSETEX -1 a 1",
        "ZADD z",
        "COPY a",
        "XGROUP",
        "LMPOP x l",
        "MOVE k there",
        "HSETEX h EX 5",
        "ZUNIONSTORE d 99999999999999 z"
      })
  void shouldNotGuessTheKeysOfACommandThatCannotBe(String command) {
    assertThat(texts(command)).containsExactly("opaque [] from []");
  }

  @Test
  void shouldRestoreWithAnAbsoluteTimeToLive() {
    String list = "\u0012\u0001\u0002";
    assertThat(texts("RESTORE k 500 " + list))
        .containsExactly("LIST RESTORE k 1500 " + list + " REPLACE ABSTTL");
    assertThat(texts("RESTORE-ASKING k 0 " + list + " IDLETIME 7"))
        .containsExactly("LIST RESTORE k 0 " + list + " REPLACE ABSTTL");
  }

  @Test
  void shouldTakeTheKeysOfModulesFromWhatTheServerSaid() {
    KeySpec.Find one = new KeySpec.Find.Range(0, 1, 0);
    CommandTable table =
        new CommandTable(
            Map.of(
                "JSON.SET", List.of(new KeySpec(new KeySpec.Begin.Index(1), one, false)),
                "MOD SUB",
                    List.of(
                        new KeySpec(new KeySpec.Begin.Index(2), one, false),
                        new KeySpec(new KeySpec.Begin.Index(3), one, true)),
                "SET", List.of()));
    assertThat(text(table.parse(change("json.set", "k", "$", "1"), HLC_MICROS).get(0)))
        .isEqualTo("opaque [k] from []");
    assertThat(text(table.parse(change("mod", "sub", "k", "source"), HLC_MICROS).get(0)))
        .isEqualTo("opaque [k] from [source]");
    assertThat(text(table.parse(change("SET", "k", "v"), HLC_MICROS).get(0)))
        .as("a command that the table knows")
        .isEqualTo("STRING SET k v");
  }

  @Test
  void shouldDescribeWhatItTakesApart() {
    assertThat(CommandTable.describes("xgroup create")).isTrue();
    assertThat(CommandTable.describes("XGROUP")).isFalse();
    assertThat(CommandTable.describes("GET")).isFalse();
    assertThat(CommandTable.rules())
        .hasSizeGreaterThan(120)
        .allMatch(rule -> rule.name().equals(rule.name().toUpperCase(Locale.ROOT)))
        .allMatch(rule -> CommandTable.describes(rule.name()))
        .doesNotHaveDuplicates();
  }
}

package io.norn.rdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.rdb.ValueState.HashValue;
import io.norn.rdb.ValueState.ListValue;
import io.norn.rdb.ValueState.Other;
import io.norn.rdb.ValueState.SetValue;
import io.norn.rdb.ValueState.StringValue;
import io.norn.rdb.ValueState.ZSetValue;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the decoder reads out of {@code DUMP}, beside what the server says that the value is. */
@ParameterizedClass
@MethodSource("io.norn.testkit.server.ServerBinary#forTests")
class PayloadDecoderIT {
  @Parameter ServerBinary binary;
  private static ServerProcess server;
  private static ServerConnection commands;

  @BeforeParameterizedClassInvocation
  static void start(ServerBinary binary) throws IOException {
    server = ServerProcess.start(binary, "--enable-debug-command", "local");
    commands = server.connect();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    commands.close();
    server.close();
  }

  private static ValueState decoded(String key) throws IOException {
    byte[] payload = (byte[]) commands.require("DUMP", key);
    return PayloadDecoder.decode(payload);
  }

  private static List<String> list(String... command) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Object reply : (List<?>) commands.require(command)) {
      texts.add(text((byte[]) reply));
    }
    return texts;
  }

  private static String text(byte[] raw) {
    return new String(raw, ISO_8859_1);
  }

  private static Map<String, String> pairs(List<String> flat) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      pairs.put(flat.get(i), flat.get(i + 1));
    }
    return pairs;
  }

  private static void expectLikeServer(String key) throws IOException {
    ValueState state = decoded(key);
    if (state instanceof StringValue string) {
      assertThat(text(string.value())).isEqualTo(text((byte[]) commands.require("GET", key)));
    } else if (state instanceof HashValue hash) {
      Map<String, String> seen = new TreeMap<>();
      hash.fields().forEach(field -> seen.put(text(field.name()), text(field.value())));
      assertThat(hash.fields()).hasSameSizeAs(seen.entrySet());
      assertThat(seen).isEqualTo(pairs(list("HGETALL", key)));
    } else if (state instanceof SetValue set) {
      List<String> seen = set.members().stream().map(PayloadDecoderIT::text).toList();
      assertThat(seen).containsExactlyInAnyOrderElementsOf(list("SMEMBERS", key));
    } else if (state instanceof ZSetValue zset) {
      expectSameScores(zset, pairs(list("ZRANGE", key, "0", "-1", "WITHSCORES")));
    } else if (state instanceof ListValue elements) {
      List<String> seen = elements.elements().stream().map(PayloadDecoderIT::text).toList();
      assertThat(seen).isEqualTo(list("LRANGE", key, "0", "-1"));
    } else {
      assertThat(commands.requireText("TYPE", key)).isEqualTo("stream");
    }
  }

  private static void expectSameScores(ZSetValue zset, Map<String, String> scores) {
    assertThat(zset.members()).hasSize(scores.size());
    for (ValueState.Member member : zset.members()) {
      String score = scores.get(text(member.name())).replace("inf", "Infinity");
      assertThat(member.score()).isEqualTo(Double.parseDouble(score));
    }
  }

  @Test
  void shouldSeeWhatTheServerSeesInEveryEncoding() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("PayloadDecoderIT -Dseed=" + seed);
    commands.require("FLUSHALL");
    commands.require("FUNCTION", "FLUSH");
    new SampleData(commands, seed).fill(30);
    Set<String> encodings = new TreeSet<>();
    for (String key : list("KEYS", "*")) {
      expectLikeServer(key);
      encodings.add(commands.requireText("OBJECT", "ENCODING", key));
    }
    assertThat(encodings)
        .contains("int", "raw", "embstr", "listpack", "hashtable", "intset", "skiplist")
        .contains("quicklist", "stream");
  }

  @Test
  void shouldReadElementsOfEveryLength() throws Exception {
    commands.require("DEL", "lengths");
    commands.require("CONFIG", "SET", "list-max-listpack-size", "-5");
    int[] lengths = {0, 1, 62, 63, 64, 65, 126, 127, 128, 4094, 4095, 4096, 16_383, 16_384, 70_000};
    for (int length : lengths) {
      commands.require("RPUSH", "lengths", "x".repeat(length));
    }
    for (int bits = 0; bits < 63; bits++) {
      long edge = 1L << bits;
      String[] numbers = {"" + (edge - 1), "" + edge, "-" + edge, "-" + (edge - 1)};
      commands.require("RPUSH", "lengths", numbers[0], numbers[1], numbers[2], numbers[3]);
    }
    commands.require("RPUSH", "lengths", "-9223372036854775808", "9223372036854775807", "007");
    expectLikeServer("lengths");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 16_383, 16_384, 32_768, 40_000, 70_000})
  void shouldReadListpacksOfAnyNumberOfElements(int fields) throws Exception {
    commands.require("DEL", "table", "huge");
    commands.require("CONFIG", "SET", "hash-max-listpack-entries", "0");
    for (int i = 0; i < fields; i++) {
      commands.send("HSET", "table", Integer.toString(i), "v");
    }
    commands.receiveAll();
    byte[] table = (byte[]) commands.require("DUMP", "table");
    // Converted while it is restored: adding fields one by one takes quadratic time.
    commands.require("CONFIG", "SET", "hash-max-listpack-entries", "100000");
    commands.require(ascii("RESTORE"), ascii("huge"), ascii("0"), table);
    commands.require("CONFIG", "SET", "hash-max-listpack-entries", "128");
    assertThat(commands.requireText("OBJECT", "ENCODING", "huge")).isEqualTo("listpack");
    expectLikeServer("huge");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Test
  void shouldReadPlainNodesOfLists() throws Exception {
    commands.require("DEL", "plain");
    commands.require("DEBUG", "QUICKLIST-PACKED-THRESHOLD", "100b");
    try {
      commands.require("RPUSH", "plain", "a", "b".repeat(5000), "c", "7");
      expectLikeServer("plain");
    } finally {
      commands.require("DEBUG", "QUICKLIST-PACKED-THRESHOLD", "0");
    }
  }

  @Test
  void shouldSayOnlyTheTypeOfStreams() throws Exception {
    commands.require("XADD", "only:stream", "1-1", "a", "b");
    ValueState state = decoded("only:stream");
    assertThat(state).isInstanceOf(Other.class);
    assertThat(((Other) state).rdbType()).isIn(15, 19, 21);
  }

  @Test
  void shouldRefuseDamagedPayloads() throws Exception {
    commands.require("HSET", "damaged", "a", "1", "b", "2");
    byte[] payload = (byte[]) commands.require("DUMP", "damaged");
    Set<String> messages = new HashSet<>();
    for (int i = 0; i < payload.length; i++) {
      byte[] damaged = payload.clone();
      damaged[i] ^= 1;
      assertThatThrownBy(() -> PayloadDecoder.decode(damaged))
          .isInstanceOf(IOException.class)
          .satisfies(e -> messages.add(e.getMessage()));
    }
    assertThat(messages).singleElement().asString().contains("wrong checksum");
    assertThatThrownBy(() -> PayloadDecoder.decode(new byte[5])).hasMessageContaining("was cut");
  }
}

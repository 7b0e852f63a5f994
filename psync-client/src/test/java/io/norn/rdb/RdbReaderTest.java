package io.norn.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.rdb.ValueState.HashValue;
import io.norn.rdb.ValueState.StringValue;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RdbReaderTest {
  private static final int VALKEY_9 = 80;

  /** Every fifth place is damaged, to stay fast; prime, so that bits and fields all get a turn. */
  private static final int STEP = 5;

  @TempDir Path directory;

  /** Made by the servers of that name. */
  static Path fixture(String name) throws URISyntaxException {
    URL url = RdbReaderTest.class.getResource("/rdb/" + name + ".rdb");
    assertThat(url).isNotNull();
    return Path.of(url.toURI());
  }

  private Path file() {
    return directory.resolve("test.rdb");
  }

  @Test
  void shouldTellDatabaseKeyExpiryAndPayload() throws Exception {
    Path file =
        RdbBytes.redis()
            .raw(250)
            .string("redis-ver")
            .string("7.0.15")
            .raw(254, 3, 251, 2, 1)
            .raw(252)
            .number(1_700_000_000_123L)
            .raw(249, 5, 0)
            .string("a")
            .string("1")
            .raw(253, 1, 0, 0, 0, 248, 7, 0)
            .string("b")
            .string("2")
            .raw(254, 4, 0)
            .string("c")
            .string("3")
            .writeTo(file());
    Snapshot snapshot = Snapshot.of(file, 10);
    assertThat(snapshot.aux).containsEntry("redis-ver", "7.0.15");
    assertThat(snapshot.keys).extracting(KeyEntry::db).containsExactly(3, 3, 4);
    assertThat(snapshot.keys)
        .extracting(KeyEntry::expireAtMillis)
        .containsExactly(1_700_000_000_123L, 1000L, -1L);
    StringValue value = (StringValue) PayloadDecoder.decode(snapshot.key("c").payload());
    assertThat(value.value()).asString(StandardCharsets.US_ASCII).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource({"80, 22", "11, 4", "10, 4"})
  void shouldBringHashesWithFieldExpiryToEveryServer(int target, int type) throws Exception {
    Snapshot snapshot = Snapshot.of(fixture("valkey-9.1"), target);
    KeyEntry entry = snapshot.key("hash:expiring");
    assertThat(entry.rdbType()).isEqualTo(type);
    HashValue hash = (HashValue) PayloadDecoder.decode(entry.payload());
    assertThat(hash.fields())
        .extracting(field -> new String(field.name(), StandardCharsets.US_ASCII))
        .containsExactlyInAnyOrder("keep", "gone", "later");
    if (target == VALKEY_9) {
      assertThat(hash.fields())
          .extracting(ValueState.Field::expireAtMillis)
          .containsExactlyInAnyOrder(-1L, -1L, 4102444800000L);
      assertThat(snapshot.leftOut).isEmpty();
    } else {
      assertThat(snapshot.leftOut).singleElement().asString().contains("hash:expiring");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "valkey-9.1, 80, 80",
    "valkey-9.1, 11, 11",
    "valkey-9.1, 10, 10",
    "valkey-8.1, 80, 11"
  })
  void shouldWriteTheVersionThatTheTargetTakes(String source, int target, int version)
      throws Exception {
    Snapshot snapshot = Snapshot.of(fixture(source), target);
    assertThat(snapshot.keys).hasSizeGreaterThan(15);
    for (KeyEntry entry : snapshot.keys) {
      assertThat(Payload.checkedVersion(entry.payload())).isEqualTo(version);
      assertThat(entry.rdbType()).isEqualTo(entry.payload()[0]);
    }
    assertThat(snapshot.functions).hasSize(1);
    assertThat(Payload.checkedVersion(snapshot.functions.get(0))).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"valkey-8.1", "valkey-9.1"})
  void shouldHandOverNothingOfAFileThatWasCutAnywhere(String name) throws Exception {
    byte[] whole = Files.readAllBytes(fixture(name));
    for (int length = 0; length < whole.length; length += STEP) {
      expectRefusedWhole(Arrays.copyOf(whole, length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"valkey-8.1", "valkey-9.1"})
  void shouldHandOverNothingOfAFileWithAWrongBit(String name) throws Exception {
    byte[] whole = Files.readAllBytes(fixture(name));
    for (int i = 0; i < whole.length; i += STEP) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) (1 << (i % 8));
      expectRefusedWhole(damaged);
    }
  }

  private void expectRefusedWhole(byte[] bytes) throws IOException {
    Files.write(file(), bytes);
    Snapshot snapshot = new Snapshot();
    assertThatThrownBy(() -> RdbReader.read(file(), new RdbTarget(VALKEY_9), snapshot))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("test.rdb");
    assertThat(snapshot.isEmpty()).isTrue();
  }

  @Test
  void shouldHandOverNothingOfAFileWithoutChecksumThatWasCut() throws Exception {
    byte[] whole = Files.readAllBytes(fixture("valkey-8.1"));
    for (int length = 9; length < whole.length - 9; length += STEP) {
      byte[] cut = Arrays.copyOf(whole, length + 9);
      Arrays.fill(cut, length, length + 9, (byte) 0);
      expectRefusedWhole(cut);
    }
  }

  /** A server with "rdbchecksum no" leaves it to the structure to show damage. */
  @ParameterizedTest
  @ValueSource(strings = {"valkey-8.1", "valkey-9.1"})
  void shouldEndWithOneClearErrorWhenDamageIsNotCoveredByAChecksum(String name) throws Exception {
    byte[] whole = Files.readAllBytes(fixture(name));
    Arrays.fill(whole, whole.length - 8, whole.length, (byte) 0);
    int refused = 0;
    for (int i = 9; i < whole.length - 8; i += STEP) {
      byte[] damaged = whole.clone();
      damaged[i] = (byte) ~damaged[i];
      Files.write(file(), damaged);
      refused += readOrRefuse();
    }
    assertThat(refused).isGreaterThan(20);
  }

  private int readOrRefuse() {
    try {
      Snapshot.of(file(), 10);
      return 0;
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("test.rdb: ").hasMessageContaining("offset ");
      return 1;
    }
  }

  @Test
  void shouldNameTypeKeyAndOffsetOfWhatItDoesNotKnow() throws Exception {
    Path file = RdbBytes.redis().raw(23).string("strange").raw(1, 2, 3).writeTo(file());
    assertThatThrownBy(() -> Snapshot.of(file, 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "test.rdb: key 'strange' of type 23 in database 0, offset 18: unknown type of value");
  }

  @Test
  void shouldNameAnUnknownOpcode() throws Exception {
    Path file = RdbBytes.redis().raw(243, 1, 2, 3).writeTo(file());
    assertThatThrownBy(() -> Snapshot.of(file, 10))
        .hasMessageContaining("offset 10: unknown opcode 243");
  }

  @Test
  void shouldNotAllocateWhatALengthOnlyAnnounces() throws Exception {
    Path file =
        RdbBytes.redis().raw(0).string("k").raw(0x80, 0x7f, 0xff, 0xff, 0xff).writeTo(file());
    assertThatThrownBy(() -> Snapshot.of(file, 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("key 'k' of type 0 in database 0")
        .hasMessageContaining("a length of 2147483647 but only 9 bytes are left");
  }

  @Test
  void shouldRefuseBytesBehindTheEnd() throws Exception {
    Path file = RdbBytes.redis().raw(255).string("behind").writeTo(file());
    assertThatThrownBy(() -> Snapshot.of(file, 10)).hasMessageContaining("follow the end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RODIS0010", "REDIS00x0", "VALKEY8.0", "HTTP/1.1 "})
  void shouldRefuseOtherFiles(String magic) throws Exception {
    Path file = new RdbBytes(magic).raw(255).writeTo(file());
    assertThatThrownBy(() -> Snapshot.of(file, 10))
        .hasMessageContaining("this is no RDB file, it begins with '" + magic);
  }

  @Test
  void shouldPassOnWhatTheHandlerThrows() throws Exception {
    Path file = RdbBytes.redis().raw(0).string("k").string("v").writeTo(file());
    IOException full = new IOException("disk full");
    Snapshot throwing = new Snapshot();
    RdbHandler handler =
        new RdbHandler() {
          @Override
          public void key(KeyEntry entry) throws IOException {
            throw full;
          }

          @Override
          public void function(byte[] payload) {
            throwing.function(payload);
          }

          @Override
          public void leftOut(String what) {
            throwing.leftOut(what);
          }
        };
    assertThatThrownBy(() -> RdbReader.read(file, new RdbTarget(10), handler)).isSameAs(full);
  }
}

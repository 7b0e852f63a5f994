package io.norn.testkit.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On two servers of different versions when there are two: what is equal must look equal. */
class DatasetIT {
  private static ServerProcess left;
  private static ServerProcess right;

  private ServerConnection a;
  private ServerConnection b;

  @BeforeAll
  static void start() throws IOException {
    List<ServerBinary> binaries = ServerBinary.forTests();
    left = ServerProcess.start(binaries.get(0));
    right = ServerProcess.start(binaries.get(binaries.size() - 1));
  }

  @AfterAll
  static void stop() throws IOException {
    left.close();
    right.close();
  }

  @BeforeEach
  void connect() throws IOException {
    a = left.connect();
    b = right.connect();
    both("FLUSHALL");
  }

  @Test
  void shouldFindNoDifferenceBetweenEqualServersWithAllTypes() throws Exception {
    both("SET", "string", "v");
    both("SET", "expiring", "v", "PXAT", "4102444800000");
    both("HSET", "hash", "f2", "2", "f1", "1");
    both("SADD", "set", "c", "a", "b");
    both("SADD", "numbers", "3", "1", "2");
    both("ZADD", "zset", "0.1", "x", "inf", "y", "-2e-7", "z");
    both("RPUSH", "list", "1", "2", "1");
    both("XADD", "stream", "5-1", "f", "v");
    both("XGROUP", "CREATE", "stream", "g", "0");
    both("XREADGROUP", "GROUP", "g", "c", "STREAMS", "stream", ">");
    both("SELECT", "3");
    both("SET", "string", "other");
    both("SELECT", "0");
    assertThat(differences()).isEmpty();
    assertThat(Dataset.read(a).size()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET k v1|SET k v2|'db0 \"k\" string: L has \"v1\", R has \"v2\"'",
        "SET k v|DEL k|'db0 \"k\": L has string \"v\", R has nothing'",
        "DEL k|RPUSH k a b|'db0 \"k\": L has nothing, R has list of 2'",
        "SADD k a|ZADD k 1 a|'db0 \"k\": L has set of 1, R has zset of 1'",
        "RPUSH k a b|RPUSH k b a|'db0 \"k\" list: \"0\" L has \"a\", R has \"b\"; \"1\" L has \"b\", R has \"a\"'",
        "ZADD k 1 a|ZADD k 1.5 a|'db0 \"k\" zset: \"a\" L has \"1.0\", R has \"1.5\"'",
        "SADD k a b|SADD k a|'db0 \"k\" set: \"b\" L has \"\", R has nothing'",
        "HSET k f 1 g 2|HSET k f 1|'db0 \"k\" hash: \"g\" L has \"2\", R has nothing'",
        "XADD k 1-1 f v|XADD k 1-1 f w|'db0 \"k\" stream: \"1-1\" L has \"1:f 1:v \", R has \"1:f 1:w \"'",
      })
  void shouldSayWhereTypeOrValueDiffer(String onLeft, String onRight, String line)
      throws Exception {
    a.require(onLeft.split(" "));
    b.require(onRight.split(" "));
    assertThat(differences()).containsExactly(line);
  }

  @Test
  void shouldCompareGroupsByWhatIsPending() throws Exception {
    both("XADD", "k", "1-1", "f", "v");
    both("XGROUP", "CREATE", "k", "g", "0");
    a.require("XREADGROUP", "GROUP", "g", "ann", "STREAMS", "k", ">");
    b.require("XREADGROUP", "GROUP", "g", "bob", "STREAMS", "k", ">");
    assertThat(differences())
        .containsExactly(
            "db0 \"k\" stream: \"group g\" L has \"last delivered 1-1, pending 1-1 at ann\","
                + " R has \"last delivered 1-1, pending 1-1 at bob\"");
    b.require("XCLAIM", "k", "g", "ann", "0", "1-1");
    assertThat(differences()).isEmpty();
    b.require("XACK", "k", "g", "1-1");
    assertThat(differences()).singleElement().asString().contains("R has", "pending\"");
  }

  @Test
  void shouldFindAnExpiryThatDiffersByMoreThanTheTolerance() throws Exception {
    a.require("SET", "k", "v", "PXAT", "4102444800000");
    b.require("SET", "k", "v", "PXAT", "4102444800005");
    assertThat(Dataset.read(a).differences(Dataset.read(b), 5)).isEmpty();
    assertThat(Dataset.read(a).differences(Dataset.read(b), 4)).hasSize(1);
    b.require("PERSIST", "k");
    assertThat(Dataset.read(a).differences(Dataset.read(b), Long.MAX_VALUE))
        .singleElement()
        .asString()
        .contains("expiry")
        .contains("4102444800000 ms")
        .contains("never");
  }

  /** On servers that have it: Valkey 9 and later. */
  @Test
  void shouldFindAnExpiryOfAFieldThatDiffers() throws Exception {
    assumeTrue(new FieldExpiry(b).isSupported());
    b.require("HSET", "hash", "f", "1", "g", "2");
    Dataset before = Dataset.read(b);
    assertThat(before.differences(Dataset.read(b), 0)).isEmpty();
    b.require("HPEXPIREAT", "hash", "4102444800000", "FIELDS", "1", "g");
    assertThat(before.differences(Dataset.read(b), 0))
        .singleElement()
        .asString()
        .contains("\"g\"")
        .contains("\"2\" until 4102444800000");
  }

  @Test
  void shouldCompareEachDatabaseByItself() throws Exception {
    a.require("SET", "k", "v");
    b.require("SELECT", "2");
    b.require("SET", "k", "v");
    assertThat(differences()).hasSize(2);
  }

  @Test
  void shouldLeaveOutTheKeysOfNornOnly() throws Exception {
    a.require("SET", "__norn", "1");
    a.require("SET", "__norn:v", "1");
    a.require("SET", "__nor", "1");
    assertThat(differences()).singleElement().asString().startsWith("db0 \"__nor\"");
  }

  @Test
  void shouldKeepBytesThatAreNoText() throws Exception {
    a.require("SET".getBytes(US_ASCII), new byte[] {0, -1}, new byte[] {1});
    b.require("SET".getBytes(US_ASCII), new byte[] {0, -1}, new byte[] {2});
    assertThat(differences())
        .containsExactly("db0 \"\\x00\\xff\" string: L has \"\\x01\", R has \"\\x02\"");
  }

  @Test
  void shouldReadManyKeysInSeconds() throws Exception {
    fill(a, 100_000);
    long start = System.nanoTime();
    Dataset dataset = Dataset.read(a);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.println("Dataset of 100,000 keys read in " + took.toMillis() + " ms");
    assertThat(dataset.size()).isEqualTo(100_000);
    assertThat(took).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void shouldAwaitServersThatBecomeEqual() throws Exception {
    a.require("SET", "k", "v");
    assertThat(await(Duration.ofMillis(50))).hasSize(1);
    Thread late = new Thread(this::copyLate);
    late.start();
    assertThat(await(Duration.ofSeconds(20))).isEmpty();
    late.join();
  }

  @Test
  void shouldTellThatAServerCannotBeRead() throws Exception {
    try (ServerProcess third = ServerProcess.start(ServerBinary.embedded())) {
      third.kill();
      assertThat(Convergence.await(List.of(left.endpoint(), third.endpoint()), Duration.ZERO))
          .singleElement()
          .asString()
          .startsWith("cannot be read: " + third.endpoint() + ": connection refused");
    }
  }

  private List<String> await(Duration limit) throws IOException {
    return Convergence.await(List.of(left.endpoint(), right.endpoint()), limit);
  }

  private void copyLate() {
    try {
      Thread.sleep(200);
      b.require("SET", "k", "v");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void both(String... command) throws IOException {
    a.require(command);
    b.require(command);
  }

  /** With L and R for the addresses, which differ in each run. */
  private List<String> differences() throws IOException {
    return Dataset.read(a).differences(Dataset.read(b), 0).stream()
        .map(line -> line.replace(left.endpoint() + " has", "L has"))
        .map(line -> line.replace(right.endpoint() + " has", "R has"))
        .toList();
  }

  private static void fill(ServerConnection connection, int keys) throws IOException {
    for (int from = 0; from < keys; from += 1000) {
      for (int i = from; i < from + 1000; i++) {
        connection.send(i % 2 == 0 ? set(i) : hset(i));
      }
      connection.receiveAll();
    }
  }

  private static String[] set(int i) {
    return new String[] {"SET", "key:" + i, "value of some length " + i, "EX", "10000"};
  }

  private static String[] hset(int i) {
    return new String[] {"HSET", "key:" + i, "name", "somebody", "number", Integer.toString(i)};
  }
}

package io.norn.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.DbKey;
import io.norn.command.ElementOp;
import io.norn.command.EntryId;
import io.norn.command.Packed;
import io.norn.command.StreamElement;
import io.norn.server.ServerConnection;
import io.norn.stream.Text;
import io.norn.testkit.Seed;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script makes of a stream what a map of entries by ID says, whatever comes in which order. */
class StreamScriptIT {
  private static final int ROUNDS = 300;
  private static final DbKey KEY = DbKey.of(0, Text.bytes("s"));
  private static final byte[] GROUP = Text.bytes("g");

  private static List<ServerBinary> servers() {
    return ServerBinary.forTests();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldPutEntriesInTheirPlaces(ServerBinary binary) throws Exception {
    Random random = Seed.next().random();
    try (ServerProcess server = ServerProcess.start(binary);
        ServerConnection connection = server.connect()) {
      TreeMap<EntryId, String> expected = new TreeMap<>();
      EntryId last = new EntryId(1, 1);
      connection.require("XADD", "s", last.toString(), "f", "first");
      expected.put(last, "first");
      for (int i = 0; i < ROUNDS; i++) {
        StreamBatch batch = new StreamBatch();
        int changes = 1 + random.nextInt(6);
        for (int j = 0; j < changes; j++) {
          EntryId id = new EntryId(1 + i / 4 + random.nextInt(12), random.nextInt(3));
          if (random.nextInt(4) == 0) {
            batch.add(new ElementOp.Remove(StreamElement.entry(id)));
            expected.remove(id);
          } else {
            String value = "v" + random.nextInt(9);
            batch.add(put(id, value));
            expected.put(id, value);
            last = id.compareTo(last) > 0 ? id : last;
          }
        }
        connection.require(batch.command(KEY));
        assertThat(entries(connection)).isEqualTo(expected);
        assertThat(lastId(connection)).isEqualTo(last);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldDeliverAnEntryThatIsGone(ServerBinary binary) throws Exception {
    try (ServerProcess server = ServerProcess.start(binary);
        ServerConnection connection = server.connect()) {
      add(connection, "1-1", "2-1", "3-1");
      connection.require("XGROUP", "CREATE", "s", "g", "0");
      connection.require("XDEL", "s", "2-1");
      String before = info(connection);
      StreamBatch batch = new StreamBatch();
      byte[] value = Packed.of(List.of(Text.bytes("c"), Text.bytes("5000"), Text.bytes("1")));
      batch.deliverGone(new ElementOp.Put(StreamElement.pending(GROUP, new EntryId(2, 1)), value));
      connection.require(batch.command(KEY));
      List<?> pending = (List<?>) connection.require("XPENDING", "s", "g");
      assertThat(ServerConnection.text(pending.get(1))).isEqualTo("2-1");
      assertThat(entries(connection).keySet()).hasToString("[1-1, 3-1]");
      assertThat(info(connection)).isEqualTo(before);
    }
  }

  private static void add(ServerConnection connection, String... ids) throws IOException {
    for (String id : ids) {
      connection.require("XADD", "s", id, "f", "v");
    }
  }

  /** Last ID, largest deleted ID and number of entries ever added. */
  private static String info(ServerConnection connection) throws IOException {
    List<?> info = (List<?>) connection.require("XINFO", "STREAM", "s");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i + 1 < info.size(); i += 2) {
      String name = ServerConnection.text(info.get(i));
      if (List.of("last-generated-id", "max-deleted-entry-id", "entries-added").contains(name)) {
        text.append(name).append(' ').append(asText(info.get(i + 1))).append(' ');
      }
    }
    return text.toString();
  }

  private static String asText(Object value) {
    return value instanceof Long number ? number.toString() : ServerConnection.text(value);
  }

  /** Servers look for the end of a trim among entries that were deleted, too. */
  @ParameterizedTest
  @MethodSource("servers")
  void shouldTrimAStreamIntoWhichLateEntriesCame(ServerBinary binary) throws Exception {
    try (ServerProcess server = ServerProcess.start(binary);
        ServerConnection connection = server.connect()) {
      add(connection, "1-1", "8-1", "9-1");
      StreamBatch late = new StreamBatch();
      late.add(put(new EntryId(3, 1), "late"));
      late.add(put(new EntryId(4, 1), "late"));
      connection.require(late.command(KEY));
      StreamBatch trim = new StreamBatch();
      trim.trim(new EntryId(4, 1), List.of());
      connection.require(trim.command(KEY));
      assertThat(entries(connection).keySet()).hasToString("[4-1, 8-1, 9-1]");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldLeaveGroupsAndWhatIsPendingAsTheyAre(ServerBinary binary) throws Exception {
    try (ServerProcess server = ServerProcess.start(binary);
        ServerConnection connection = server.connect()) {
      add(connection, "2-1", "4-1", "6-1");
      connection.require("XGROUP", "CREATE", "s", "g", "0");
      connection.require("XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", "s", ">");
      connection.require("XDEL", "s", "6-1");
      StreamBatch batch = new StreamBatch();
      batch.add(put(new EntryId(3, 1), "late"));
      batch.add(new ElementOp.Remove(StreamElement.pending(GROUP, new EntryId(2, 1))));
      batch.add(new ElementOp.Bound(StreamElement.group(GROUP), Text.bytes("3-1"), "GT"));
      connection.require(batch.command(KEY));
      assertThat(entries(connection).keySet()).hasToString("[2-1, 3-1, 4-1]");
      assertThat(lastId(connection)).hasToString("6-1");
      List<?> pending = (List<?>) connection.require("XPENDING", "s", "g");
      assertThat(pending.get(0)).isEqualTo(1L);
      assertThat(ServerConnection.text(pending.get(1))).isEqualTo("4-1");
      List<?> group = (List<?>) ((List<?>) connection.require("XINFO", "GROUPS", "s")).get(0);
      assertThat(ServerConnection.text(group.get(7))).isEqualTo("4-1");
    }
  }

  private static ElementOp put(EntryId id, String value) {
    byte[] fields = Packed.of(Text.bytes("f"), Text.bytes(value));
    return new ElementOp.Put(StreamElement.entry(id), fields);
  }

  private static Map<EntryId, String> entries(ServerConnection connection) throws IOException {
    Map<EntryId, String> entries = new TreeMap<>();
    List<Object> ids = new ArrayList<>();
    for (Object each : (List<?>) connection.require("XRANGE", "s", "-", "+")) {
      List<?> entry = (List<?>) each;
      ids.add(entry.get(0));
      entries.put(
          EntryId.parse((byte[]) entry.get(0)).orElseThrow(),
          ServerConnection.text(((List<?>) entry.get(1)).get(1)));
    }
    assertThat(ids).hasSameSizeAs(entries.keySet());
    return entries;
  }

  private static EntryId lastId(ServerConnection connection) throws IOException {
    List<?> info = (List<?>) connection.require("XINFO", "STREAM", "s");
    for (int i = 0; i < info.size(); i += 2) {
      if (ServerConnection.text(info.get(i)).equals("last-generated-id")) {
        return EntryId.parse((byte[]) info.get(i + 1)).orElseThrow();
      }
    }
    throw new AssertionError("no last ID in " + info);
  }
}

package io.norn.agent.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.Bytes;
import io.norn.command.CommandRule;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.KeySpec;
import io.norn.command.Op;
import io.norn.server.ServerConnection;
import io.norn.stream.Change;
import io.norn.stream.Text;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Executes every form of every write command, and compares the table with what happens. */
@ParameterizedClass
@MethodSource("io.norn.agent.table.Servers#all")
class CommandFormsIT {
  private static final long HLC_MICROS = 1_000_000_000_000_000L;
  private static final String MODULE = "MODULE.";
  private static final String EFFECTS = "its effects";

  /** Of their keys a server says only that one must look for a word. */
  private static final Set<String> KEYS_BY_WORDS = Set.of("SORT", "GEORADIUS", "GEORADIUSBYMEMBER");

  private static final Map<Form, FormRun.Result> RESULTS = new LinkedHashMap<>();

  @Parameter ServerBinary binary;
  private static ServerProcess server;
  private static ServerConnection connection;
  private final CommandTable table = new CommandTable();

  @BeforeParameterizedClassInvocation
  static void run(ServerBinary binary) throws IOException {
    server = ServerProcess.start(binary, "--enable-debug-command", "local");
    connection = server.connect();
    RESULTS.clear();
    try (StreamTap tap = StreamTap.open(server);
        ServerProcess other = ServerProcess.start(binary)) {
      FormRun run = new FormRun(connection, tap, other);
      for (Form form : Form.all()) {
        run.run(form).ifPresent(result -> RESULTS.put(form, result));
      }
    }
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    connection.close();
    server.close();
  }

  @Test
  void shouldFindInTheStreamWhatTheFormSays() {
    forEach(
        (softly, form, result) -> {
          Set<String> arrived = new HashSet<>();
          result.changes().forEach(change -> arrived.add(name(change)));
          softly.assertThat(form.arrives()).as("%s arrives as", form).containsAll(arrived);
          softly.assertThat(arrived.isEmpty()).as("%s", form).isEqualTo(form.arrives().isEmpty());
        });
  }

  @Test
  void shouldFindNothingInTheStreamThatTheTableSaysIsNotThere() {
    forEach(
        (softly, form, result) -> {
          CommandRule rule = form.rule();
          for (Change change : result.changes()) {
            CommandRule arrived = rule(change);
            softly.assertThat(arrived.standsInStreams()).as("%s: %s", form, arrived).isTrue();
            softly
                .assertThat(rule.standsInStreams() || arrivesAs(rule, arrived))
                .as("%s as %s", form, arrived)
                .isTrue();
          }
        });
  }

  @Test
  void shouldTellExactlyTheKeysThatChanged() {
    forEach(
        (softly, form, result) -> {
          Set<DbKey> told = new HashSet<>();
          operations(result).forEach(op -> told.addAll(keys(op, result.before())));
          softly
              .assertThat(told)
              .as("keys of %s", form)
              .isEqualTo(result.before().differences(result.after()));
        });
  }

  @Test
  void shouldTellTheKeysThatTheServerTells() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (Map.Entry<Form, FormRun.Result> entry : RESULTS.entrySet()) {
      for (Change change : entry.getValue().changes()) {
        Set<Bytes> told = new HashSet<>();
        table.parse(change, HLC_MICROS).forEach(op -> told.addAll(names(op)));
        softly.assertThat(told).as("keys of %s", name(change)).isEqualTo(keysByServer(change));
      }
    }
    softly.assertAll();
  }

  @Test
  void shouldFindTheKeysOfModulesByWhatTheServerSays() throws IOException {
    Map<String, List<KeySpec>> learned = new HashMap<>();
    for (CommandInfo info : CommandInfo.all(connection)) {
      learned.put(MODULE + info.name(), info.keys());
    }
    CommandTable withModules = new CommandTable(learned);
    SoftAssertions softly = new SoftAssertions();
    for (Map.Entry<Form, FormRun.Result> entry : RESULTS.entrySet()) {
      for (Change change : entry.getValue().changes()) {
        if (!KEYS_BY_WORDS.contains(name(change))) {
          Op op = withModules.parse(asOfModule(change), HLC_MICROS).get(0);
          softly.assertThat(names(op)).as(name(change)).isEqualTo(keysByServer(change));
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void shouldLoseNothingOfWhatIsTakenApart() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (Map.Entry<Form, FormRun.Result> entry : RESULTS.entrySet()) {
      FormRun.Result result = entry.getValue();
      List<Op> ops = operations(result);
      if (ops.stream().allMatch(OpCommands::isTakenApart)) {
        result.before().restore(connection);
        for (Op op : ops) {
          Keyspace.select(connection, op.keys().get(0).db());
          for (byte[][] command : OpCommands.of(op)) {
            connection.require(command);
          }
        }
        Set<DbKey> lost = Keyspace.read(connection).differences(result.after());
        softly.assertThat(lost).as("executing the operations of %s", entry.getKey()).isEmpty();
      }
    }
    softly.assertAll();
  }

  /** An assertion on one form. */
  @FunctionalInterface
  private interface Check {
    void check(SoftAssertions softly, Form form, FormRun.Result result);
  }

  private static void forEach(Check check) {
    assertThat(RESULTS).hasSizeGreaterThan(150);
    SoftAssertions softly = new SoftAssertions();
    RESULTS.forEach((form, result) -> check.check(softly, form, result));
    softly.assertAll();
  }

  private List<Op> operations(FormRun.Result result) {
    return result.changes().stream()
        .flatMap(change -> table.parse(change, HLC_MICROS).stream())
        .toList();
  }

  private static Set<DbKey> keys(Op op, Keyspace before) {
    if (op instanceof Op.Flush) {
      return before.states().keySet();
    }
    boolean swaps = op instanceof Op.Opaque opaque && Text.is(opaque.command()[0], "SWAPDB");
    return swaps ? swapped(before) : Set.copyOf(op.keys());
  }

  private static Set<DbKey> swapped(Keyspace before) {
    return before.states().keySet().stream()
        .flatMap(key -> Stream.of(key, new DbKey(11 - key.db(), key.key())))
        .collect(Collectors.toSet());
  }

  private static Set<Bytes> names(Op op) {
    Stream<DbKey> sources = op instanceof Op.Opaque each ? each.sources().stream() : Stream.of();
    return Stream.concat(op.keys().stream(), sources).map(DbKey::key).collect(Collectors.toSet());
  }

  private static Set<Bytes> keysByServer(Change change) throws IOException {
    byte[][] question =
        Stream.concat(
                Stream.of(Text.bytes("COMMAND"), Text.bytes("GETKEYS")), Stream.of(change.args()))
            .toArray(byte[][]::new);
    Object reply = connection.call(question);
    return reply instanceof List<?> keys
        ? keys.stream().map(key -> new Bytes((byte[]) key)).collect(Collectors.toSet())
        : Set.of();
  }

  private static Change asOfModule(Change change) {
    byte[][] args = change.args().clone();
    args[0] = Text.bytes(MODULE + Text.upperCase(args[0]));
    return new Change(change.db(), args, change.endOffset());
  }

  private static String name(Change change) {
    return Text.upperCase(change.args()[0]);
  }

  private static CommandRule rule(Change change) {
    return Form.rule(Stream.of(change.args()).map(Text::latin1).toList());
  }

  private static boolean arrivesAs(CommandRule rule, CommandRule arrived) {
    return rule.arrivesAs().contains(arrived.name()) || rule.arrivesAs().contains(EFFECTS);
  }
}

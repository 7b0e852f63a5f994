package io.norn.apply;

import io.norn.command.DbKey;
import io.norn.merge.Emission;
import io.norn.merge.OwedField;
import io.norn.stream.Reserved;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps on the server what failed there and is still missing: the version vector alone would say
 * that it is in.
 */
final class OwedChore implements Chore {
  private static final int DB = 0;
  private static final DbKey VECTOR = DbKey.of(DB, Text.bytes(Reserved.VECTOR_KEY));

  private final NodeMonitor monitor;
  private final Owed owed;
  private final Ledger ledger;
  private final Map<String, String> written = new HashMap<>();

  OwedChore(NodeMonitor monitor, Owed owed, Ledger ledger) {
    this.monitor = monitor;
    this.owed = owed;
    this.ledger = ledger;
  }

  /** What the server told at the start: the keys are asked for again. */
  void load(Map<String, OwedField> found) {
    found.forEach(
        (node, field) -> {
          written.put(node, field.encode());
          owed.add(node, field);
          monitor.with(
              state -> {
                state.window().lacks(List.of(field.key()), field.cause());
                return null;
              });
        });
  }

  @Override
  public boolean isWaiting() {
    if (owed.isEmpty() && written.isEmpty()) {
      return false;
    }
    monitor.with(
        state -> {
          owed.settle(state.window().unordered().cases());
          return null;
        });
    return !wanted().equals(written);
  }

  private Map<String, String> wanted() {
    Map<String, String> wanted = new HashMap<>();
    owed.byNode().forEach((node, field) -> wanted.put(node, field.encode()));
    return wanted;
  }

  @Override
  public void run(ApplyConnection connection) throws IOException, InterruptedException {
    Map<String, String> wanted = wanted();
    List<Emission> commands = new ArrayList<>();
    wanted.forEach(
        (node, text) ->
            commands.add(command("HSET", Reserved.VECTOR_KEY, OwedField.nameOf(node), text)));
    written.keySet().stream()
        .filter(node -> !wanted.containsKey(node))
        .forEach(
            node -> commands.add(command("HDEL", Reserved.VECTOR_KEY, OwedField.nameOf(node))));
    ExecRequest.Outcome outcome =
        connection.run(
            Set.of(), List.of(), replies -> new ApplyConnection.Write(commands, Map.of()));
    if (outcome instanceof ExecRequest.Outcome.Committed) {
      written.clear();
      written.putAll(wanted);
      ledger.keepUp();
    } else if (outcome instanceof ExecRequest.Outcome.Refused) {
      Thread.sleep(Obstacle.PAUSE_MILLIS);
    }
  }

  private static Emission command(String... words) {
    byte[][] command = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      command[i] = Text.bytes(words[i]);
    }
    return new Emission(DB, VECTOR, command);
  }
}

package io.norn.sim.mesh;

import io.norn.sim.load.RandomCommands;
import io.norn.sim.model.ModelConnection;
import io.norn.sim.model.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The clients of all nodes, and the sums of what they were told to have added. */
final class Clients {
  private static final int COUNTERS = 2;
  private static final int MAX_BURST = 30;
  private static final String COUNTER = "count";

  private final Mesh mesh;
  private final List<SimNode> nodes;
  private final Random random;
  private final RandomCommands commands;
  private final Map<SimNode, ModelConnection> connections = new HashMap<>();
  private final Map<String, Long> acknowledged = new TreeMap<>();
  private QueueLedger ledger;

  Clients(Mesh mesh, List<SimNode> nodes, UnaryOperator<RandomCommands> load) {
    this.mesh = mesh;
    this.nodes = nodes;
    this.random = mesh.random();
    this.commands = load.apply(new RandomCommands(random).keys(mesh.plan().keys()));
    nodes.forEach(node -> connections.put(node, node.server().model().connect()));
  }

  /** From now on they work on queues, of which a ledger is kept. */
  void keep(QueueLedger kept) {
    ledger = kept;
    for (SimNode node : nodes) {
      QueueLedger.introduction(mesh.plan().keys()).forEach(words -> execute(node, words));
    }
  }

  private void actOnQueues(SimNode node) {
    Set<String> before = QueueLedger.elements(node);
    if (random.nextInt(8) == 0) {
      transaction(node);
    } else {
      execute(node, commands.next());
    }
    ledger.executed(before, QueueLedger.elements(node));
  }

  /** Schedules all operations; answers when the last one is done. */
  long plan() {
    long atMicros = mesh.time().nowMicros() + 1_000;
    for (int i = 0; i < mesh.plan().operations(); i++) {
      atMicros += random.nextInt(mesh.plan().gapMicros());
      SimNode node = nodes.get(random.nextInt(nodes.size()));
      mesh.time().at(atMicros, () -> act(node));
    }
    return atMicros;
  }

  /** One more write on every node, by which all learn what the others have. */
  void writeOnceMore() {
    nodes.forEach(node -> count(node));
  }

  /** Counter to the sum of acknowledged increments. */
  Map<String, Long> acknowledged() {
    return acknowledged;
  }

  private void act(SimNode node) {
    if (ledger != null) {
      actOnQueues(node);
      return;
    }
    if (random.nextInt(MAX_BURST) < mesh.plan().burst() - 1) {
      burst(node);
      return;
    }
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> count(node);
      case 3, 4 -> transaction(node);
      case 5 -> node.server().script(connections.get(node), several());
      case 6 -> inOtherDatabase(node);
      default -> execute(node, commands.next());
    }
  }

  /** Commands so close to each other that one tick covers them all. */
  private void burst(SimNode node) {
    for (int i = 0; i < mesh.plan().burst(); i++) {
      execute(node, commands.next());
    }
  }

  private Object execute(SimNode node, String... words) {
    return node.server().execute(connections.get(node), Text.command(words));
  }

  private void count(SimNode node) {
    String counter = COUNTER + random.nextInt(COUNTERS);
    long by = random.nextInt(-9, 100);
    if (execute(node, "INCRBY", counter, Long.toString(by)) instanceof Long) {
      acknowledged.merge("0:" + counter, by, Long::sum);
    }
  }

  private void transaction(SimNode node) {
    execute(node, "MULTI");
    several().forEach(command -> execute(node, command));
    execute(node, "EXEC");
  }

  private void inOtherDatabase(SimNode node) {
    execute(node, "SELECT", "1");
    execute(node, commands.next());
    execute(node, "SELECT", "0");
  }

  private List<String[]> several() {
    List<String[]> several = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      several.add(commands.next());
    }
    return several;
  }
}

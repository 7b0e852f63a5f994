package io.norn.sim.model;

import io.norn.sim.load.RandomCommands;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What several clients do in random turns: commands, transactions, WATCH, scripts, keys that
 * expire.
 */
final class RandomProgram {
  private static final List<String> TYPES = List.of("s", "n", "f", "h", "m", "z", "a", "l", "b");
  private static final int KEYS = 4;
  private static final int EXPIRY_WAIT_MILLIS = 4;

  private final BothServers both;
  private final Random random;
  private final RandomCommands commands;
  private final boolean[] isInMulti;

  RandomProgram(BothServers both, Random random, int connections) {
    this.both = both;
    this.random = random;
    this.commands = new RandomCommands(random).withOpaque().withStores().withBits();
    this.isInMulti = new boolean[connections];
  }

  /** All keys that it uses. */
  static List<String> keys() {
    List<String> keys = new ArrayList<>(List.of("pop"));
    for (String type : TYPES) {
      for (int i = 0; i < KEYS; i++) {
        keys.add(type + i);
      }
    }
    return keys;
  }

  void step() throws IOException {
    int connection = random.nextInt(isInMulti.length);
    switch (random.nextInt(40)) {
      case 0, 1, 2 -> toggleMulti(connection);
      case 3, 4 -> both.send(connection, "WATCH", key(), key());
      case 5 -> both.send(connection, "UNWATCH");
      case 6 -> both.send(connection, "SELECT", Integer.toString(random.nextInt(3)));
      case 7, 8 -> script(connection);
      case 9 -> copy(connection);
      case 10 -> pop(connection);
      case 11 -> expire(connection);
      case 12 -> both.send(connection, random.nextBoolean() ? "PUBLISH" : "SPUBLISH", "c", "m");
      case 13 -> rare(connection);
      case 14, 15 -> read(connection);
      default -> both.send(connection, commands.next());
    }
  }

  private void toggleMulti(int connection) throws IOException {
    if (isInMulti[connection]) {
      both.send(connection, random.nextInt(8) == 0 ? "DISCARD" : "EXEC");
    } else {
      both.send(connection, "MULTI");
    }
    isInMulti[connection] = !isInMulti[connection];
  }

  private void script(int connection) throws IOException {
    if (isInMulti[connection]) {
      return;
    }
    List<String[]> lines = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      lines.add(commands.next());
    }
    both.script(connection, lines);
  }

  private void copy(int connection) throws IOException {
    if (isInMulti[connection]) {
      return;
    }
    if (random.nextBoolean()) {
      both.copy(connection, key(), key(), "0", "REPLACE");
    } else {
      both.copy(connection, key(), key(), "5000000000000", "ABSTTL", "REPLACE");
    }
  }

  /** Sets of one member: which one a larger set gives is random. */
  private void pop(int connection) throws IOException {
    both.send(connection, "SADD", "pop", "m");
    if (random.nextBoolean()) {
      both.send(connection, "SPOP", "pop");
    } else {
      both.send(connection, "SPOP", "pop", Integer.toString(1 + random.nextInt(2)));
    }
  }

  /** Not in a transaction: EXEC would start the short time, at moments that differ. */
  private void expire(int connection) throws IOException {
    if (isInMulti[connection]) {
      return;
    }
    both.send(connection, "PEXPIRE", key(), "2");
    try {
      Thread.sleep(EXPIRY_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rare(int connection) throws IOException {
    switch (random.nextInt(5)) {
      case 0 -> both.send(connection, "FLUSHDB");
      case 1 -> both.send(connection, "NOSUCH", "x");
      case 2 -> both.send(connection, "SET", "s0");
      default -> both.send(connection, "SET", "s0", "v", "NX", "XX");
    }
  }

  private void read(int connection) throws IOException {
    String[] names = {"EXISTS", "TYPE", "GET", "SMEMBERS", "PTTL", "DUMP"};
    String name = names[random.nextInt(names.length)];
    if (!isInMulti[connection] || !List.of("SMEMBERS", "DUMP").contains(name)) {
      both.send(connection, name, key());
    }
  }

  private String key() {
    return TYPES.get(random.nextInt(TYPES.size())) + random.nextInt(KEYS);
  }
}

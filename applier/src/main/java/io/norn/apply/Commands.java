package io.norn.apply;

import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of commands for one connection; follows which database is selected there, and begins and
 * ends in database 0.
 */
final class Commands {
  private final List<byte[][]> list = new ArrayList<>();
  private int db;

  void add(String... words) {
    byte[][] command = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      command[i] = Text.bytes(words[i]);
    }
    list.add(command);
  }

  void add(byte[][] command) {
    list.add(command);
  }

  void select(int wanted) {
    if (wanted != db) {
      add("SELECT", Integer.toString(wanted));
      db = wanted;
    }
  }

  int size() {
    return list.size();
  }

  List<byte[][]> finish() {
    select(0);
    return list;
  }
}

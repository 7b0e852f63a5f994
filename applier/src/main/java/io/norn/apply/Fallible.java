package io.norn.apply;

import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.merge.Emission;
import io.norn.merge.OwedField;
import io.norn.stream.Change;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Text;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what of a transaction may fail while it is executed. Commands of which the type of the key,
 * and the number where there must be one, are read under WATCH do not.
 */
final class Fallible {
  private static final Set<String> SURE =
      Set.of(
          "SET",
          "DEL",
          "UNLINK",
          "HSET",
          "HDEL",
          "SADD",
          "SREM",
          "ZADD",
          "ZREM",
          "PEXPIREAT",
          "PERSIST",
          "INCRBY",
          "DECRBY",
          "HINCRBY",
          "MSET",
          "SPUBLISH");

  private static final int MAX_KEYS = 4096;
  private static final String UNKNOWN = "the agent was ended before it knew whether it failed";

  private final CommandTable table;

  Fallible(CommandTable table) {
    this.table = table;
  }

  /** One for each key, with the last change that may fail on it. */
  List<OwedField> of(List<ChangeUnit> units, List<Emission> emissions) {
    Set<byte[][]> commands = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<DbKey> keys = new HashSet<>();
    for (Emission each : emissions) {
      if (!SURE.contains(Text.upperCase(each.command()[0]))) {
        commands.add(each.command());
        if (each.key() != null) {
          keys.add(each.key());
        }
      }
    }
    return commands.isEmpty() ? List.of() : changesBehind(units, commands, keys);
  }

  private List<OwedField> changesBehind(
      List<ChangeUnit> units, Set<byte[][]> commands, Set<DbKey> keys) {
    Map<DbKey, OwedField> found = new LinkedHashMap<>();
    for (ChangeUnit unit : units) {
      for (Change change : unit.changes()) {
        for (Op op : table.parse(change, unit.hlc())) {
          boolean isItself = op instanceof Op.Opaque each && commands.contains(each.command());
          for (DbKey key : op.keys()) {
            if ((isItself || keys.contains(key)) && found.size() < MAX_KEYS) {
              found.put(key, new OwedField(1, key, unit.stamp(change), UNKNOWN));
            }
          }
        }
      }
    }
    return List.copyOf(found.values());
  }
}

package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hashes. */
final class HashCommands {
  private HashCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("HSET", new Command(-4, call -> (Object) set(call)));
    table.put("HMSET", new Command(-4, HashCommands::setAll));
    table.put("HSETNX", new Command(4, HashCommands::setnx));
    table.put("HDEL", new Command(-3, HashCommands::delete));
    table.put("HGET", new Command(3, HashCommands::get));
    table.put("HMGET", new Command(-3, HashCommands::getMany));
    table.put("HGETALL", new Command(2, HashCommands::getAll));
    table.put("HEXISTS", new Command(3, call -> get(call) == null ? 0L : 1L));
    table.put("HLEN", new Command(2, call -> (long) read(call).fields().size()));
    table.put("HINCRBY", new Command(4, HashCommands::increment));
    table.put("HINCRBYFLOAT", new Command(4, HashCommands::incrementFloat));
  }

  private static HashValue read(Call call) {
    HashValue value = call.value(call.word(1), HashValue.class);
    return value == null ? new HashValue() : value;
  }

  private static HashValue write(Call call) {
    HashValue value = read(call);
    if (call.find(call.word(1)) == null) {
      call.replace(call.word(1), value);
    }
    return value;
  }

  private static byte[] bulk(String text) {
    return text == null ? null : Text.bytes(text);
  }

  private static long set(Call call) {
    if (call.size() % 2 != 0) {
      throw new CommandFailure("ERR wrong number of arguments for 'hset' command");
    }
    HashValue hash = write(call);
    long added = 0;
    for (int i = 2; i < call.size(); i += 2) {
      added += hash.fields().put(call.word(i), call.word(i + 1)) == null ? 1 : 0;
    }
    call.changed(call.word(1));
    return added;
  }

  private static Object setAll(Call call) {
    set(call);
    return "OK";
  }

  private static Object setnx(Call call) {
    if (read(call).fields().containsKey(call.word(2))) {
      return 0L;
    }
    write(call).fields().put(call.word(2), call.word(3));
    call.changed(call.word(1));
    return 1L;
  }

  private static Object delete(Call call) {
    HashValue hash = read(call);
    long deleted = 0;
    for (int i = 2; i < call.size(); i++) {
      deleted += hash.fields().remove(call.word(i)) == null ? 0 : 1;
    }
    if (deleted > 0) {
      call.changedOrEmptied(call.word(1), hash);
    }
    return deleted;
  }

  private static Object get(Call call) {
    return bulk(read(call).fields().get(call.word(2)));
  }

  private static Object getMany(Call call) {
    HashValue hash = read(call);
    List<Object> values = new ArrayList<>();
    for (int i = 2; i < call.size(); i++) {
      values.add(bulk(hash.fields().get(call.word(i))));
    }
    return values;
  }

  private static Object getAll(Call call) {
    List<Object> all = new ArrayList<>();
    read(call).parts().forEach(part -> all.add(Text.bytes(part)));
    return all;
  }

  private static Object increment(Call call) {
    long by = call.integer(3);
    String old = read(call).fields().get(call.word(2));
    long sum = Numbers.add(old == null ? 0 : hashInteger(old), by);
    write(call).fields().put(call.word(2), Long.toString(sum));
    call.changed(call.word(1));
    return sum;
  }

  private static long hashInteger(String text) {
    try {
      return Numbers.integer(text);
    } catch (CommandFailure e) {
      throw new CommandFailure("ERR hash value is not an integer");
    }
  }

  private static Object incrementFloat(Call call) {
    double by = call.decimal(3);
    String old = read(call).fields().get(call.word(2));
    String sum = Text.number((old == null ? 0 : Numbers.decimal(old)) + by);
    write(call).fields().put(call.word(2), sum);
    call.changed(call.word(1));
    call.propagateAs("HSET", call.word(1), call.word(2), sum);
    return Text.bytes(sum);
  }
}

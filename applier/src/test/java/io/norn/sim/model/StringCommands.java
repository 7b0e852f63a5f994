package io.norn.sim.model;

import java.util.Map;

/** Strings as values. */
final class StringCommands {
  private StringCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("SET", new Command(-3, SetCommand::run));
    table.put("SETNX", new Command(3, StringCommands::setnx));
    table.put("SETEX", new Command(4, call -> setWithExpiry(call, 1000)));
    table.put("PSETEX", new Command(4, call -> setWithExpiry(call, 1)));
    table.put("GET", new Command(2, StringCommands::get));
    table.put("GETRANGE", new Command(4, StringCommands::getrange));
    table.put("GETSET", new Command(3, StringCommands::getset));
    table.put("GETDEL", new Command(2, StringCommands::getdel));
    table.put("GETEX", new Command(-2, GetexCommand::run));
    table.put("MSET", new Command(-3, StringCommands::mset));
    table.put("APPEND", new Command(3, StringCommands::append));
    table.put("SETBIT", new Command(4, StringCommands::setBit));
    table.put("STRLEN", new Command(2, StringCommands::strlen));
  }

  static byte[] bulk(StringValue value) {
    return value == null ? null : Text.bytes(value.text());
  }

  private static Object get(Call call) {
    return bulk(call.value(call.word(1), StringValue.class));
  }

  private static Object strlen(Call call) {
    StringValue value = call.value(call.word(1), StringValue.class);
    return value == null ? 0L : (long) value.text().length();
  }

  private static Object getrange(Call call) {
    StringValue value = call.value(call.word(1), StringValue.class);
    String text = value == null ? "" : value.text();
    long start = index(call.integer(2), text.length());
    long end = Math.min(index(call.integer(3), text.length()), text.length() - 1L);
    return Text.bytes(start > end ? "" : text.substring((int) start, (int) end + 1));
  }

  private static long index(long index, int length) {
    return index < 0 ? Math.max(0, length + index) : index;
  }

  private static Object setnx(Call call) {
    if (call.find(call.word(1)) != null) {
      return 0L;
    }
    call.set(call.word(1), new StringValue(call.word(2)));
    return 1L;
  }

  private static Object setWithExpiry(Call call, long unitMillis) {
    long ttl = call.integer(2);
    if (ttl <= 0) {
      throw new CommandFailure("ERR invalid expire time in 'setex' command");
    }
    String key = call.word(1);
    call.find(key);
    long atMillis = call.nowMillis() + ttl * unitMillis;
    call.set(key, new StringValue(call.word(3)));
    call.setExpiry(key, atMillis);
    call.propagateAs("SET", key, call.word(3), "PXAT", Long.toString(atMillis));
    return "OK";
  }

  private static Object getset(Call call) {
    StringValue old = call.value(call.word(1), StringValue.class);
    call.set(call.word(1), new StringValue(call.word(2)));
    call.propagateAs("SET", call.word(1), call.word(2));
    return bulk(old);
  }

  private static Object getdel(Call call) {
    StringValue old = call.value(call.word(1), StringValue.class);
    if (old != null) {
      call.remove(call.word(1));
      call.propagateAs("DEL", call.word(1));
    }
    return bulk(old);
  }

  private static Object mset(Call call) {
    if (call.size() % 2 == 0) {
      throw new CommandFailure("ERR wrong number of arguments for 'mset' command");
    }
    for (int i = 1; i < call.size(); i += 2) {
      call.find(call.word(i));
      call.set(call.word(i), new StringValue(call.word(i + 1)));
    }
    return "OK";
  }

  /** Nothing is propagated where nothing changes. */
  private static Object setBit(Call call) {
    StringValue old = call.value(call.word(1), StringValue.class);
    int at = (int) (call.integer(2) / 8);
    int mask = 0x80 >> (call.integer(2) % 8);
    StringBuilder text = new StringBuilder(old == null ? "" : old.text());
    boolean isLonger = text.length() <= at;
    text.setLength(Math.max(text.length(), at + 1));
    boolean was = (text.charAt(at) & mask) != 0;
    boolean isOn = call.integer(3) == 1;
    if (isLonger || was != isOn) {
      text.setCharAt(at, (char) (isOn ? text.charAt(at) | mask : text.charAt(at) & ~mask));
      call.replace(call.word(1), new StringValue(text.toString()));
    }
    return was ? 1L : 0L;
  }

  private static Object append(Call call) {
    StringValue old = call.value(call.word(1), StringValue.class);
    String text = (old == null ? "" : old.text()) + call.word(2);
    call.replace(call.word(1), new StringValue(text));
    return (long) text.length();
  }
}

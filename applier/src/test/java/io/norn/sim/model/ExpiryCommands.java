package io.norn.sim.model;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** When a key goes away by itself. */
final class ExpiryCommands {
  private ExpiryCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("EXPIRE", new Command(-3, call -> expire(call, call.nowMillis(), 1000)));
    table.put("PEXPIRE", new Command(-3, call -> expire(call, call.nowMillis(), 1)));
    table.put("EXPIREAT", new Command(-3, call -> expire(call, 0, 1000)));
    table.put("PEXPIREAT", new Command(-3, call -> expire(call, 0, 1)));
    table.put("PERSIST", new Command(2, ExpiryCommands::persist));
    table.put("PTTL", new Command(2, call -> remaining(call, 1)));
    table.put("TTL", new Command(2, call -> remaining(call, 1000)));
    table.put("PEXPIRETIME", new Command(2, ExpiryCommands::expireTime));
  }

  private static Object expire(Call call, long baseMillis, long unitMillis) {
    String key = call.word(1);
    long atMillis = baseMillis + call.integer(2) * unitMillis;
    Set<String> flags = flags(call);
    Slot slot = call.find(key);
    if (slot == null || !isAllowed(flags, slot.expiresAtMillis(), atMillis)) {
      return 0L;
    }
    if (atMillis <= call.nowMillis()) {
      call.remove(key);
      call.propagateAs(call.server().dialect().expiryCommand(), key);
    } else {
      call.setExpiry(key, atMillis);
      propagate(call, atMillis);
    }
    return 1L;
  }

  private static void propagate(Call call, long atMillis) {
    String[] words = new String[call.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = call.word(i);
    }
    if (!call.option(0).equals("PEXPIREAT")) {
      words[0] = "PEXPIREAT";
    }
    words[2] = Long.toString(atMillis);
    call.propagateAs(words);
  }

  private static Set<String> flags(Call call) {
    Set<String> flags = new HashSet<>();
    for (int i = 3; i < call.size(); i++) {
      String option = call.option(i);
      if (!Set.of("NX", "XX", "GT", "LT").contains(option)) {
        throw new CommandFailure("ERR Unsupported option " + call.word(i));
      }
      flags.add(option);
    }
    boolean isContradictory =
        (flags.contains("NX") && flags.size() > 1) || flags.containsAll(Set.of("GT", "LT"));
    if (isContradictory) {
      throw new CommandFailure(
          "ERR NX and XX, GT or LT options at the same time are not compatible");
    }
    return flags;
  }

  private static boolean isAllowed(Set<String> flags, long oldMillis, long newMillis) {
    boolean isPersistent = oldMillis == Slot.NEVER;
    return !(flags.contains("NX") && !isPersistent)
        && !(flags.contains("XX") && isPersistent)
        && !(flags.contains("GT") && (isPersistent || newMillis <= oldMillis))
        && !(flags.contains("LT") && !isPersistent && newMillis >= oldMillis);
  }

  private static Object persist(Call call) {
    Slot slot = call.find(call.word(1));
    if (slot == null || slot.expiresAtMillis() == Slot.NEVER) {
      return 0L;
    }
    call.setExpiry(call.word(1), Slot.NEVER);
    return 1L;
  }

  private static Object remaining(Call call, long unitMillis) {
    long at = (long) expireTime(call);
    return at < 0 ? at : (at - call.nowMillis() + unitMillis / 2) / unitMillis;
  }

  private static Object expireTime(Call call) {
    Slot slot = call.find(call.word(1));
    return slot == null ? -2L : slot.expiresAtMillis();
  }
}

package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;

/** RESTORE with REPLACE and ABSTTL; REPLACE takes an expired key for one that is there. */
final class RestoreCommand {
  private RestoreCommand() {}

  static Object run(Call call) {
    List<String> options = new ArrayList<>();
    for (int i = 4; i < call.size(); i++) {
      options.add(call.option(i));
    }
    String key = call.word(1);
    long ttl = call.integer(2);
    boolean isReplacing = options.contains("REPLACE");
    if (!isReplacing && call.find(key) != null) {
      return new ErrorReply("BUSYKEY Target key name already exists.");
    }
    Value value = Payload.parse(call.word(3));
    long atMillis = options.contains("ABSTTL") || ttl == 0 ? ttl : call.nowMillis() + ttl;
    if (atMillis != 0 && atMillis <= call.nowMillis()) {
      restoreExpired(call, key);
    } else {
      store(call, value, atMillis);
    }
    return "OK";
  }

  private static void store(Call call, Value value, long atMillis) {
    String key = call.word(1);
    call.set(key, value);
    if (atMillis == 0) {
      return;
    }
    call.setExpiry(key, atMillis);
    if (atMillis != call.integer(2)) {
      call.propagateAs(absolute(call, atMillis));
    }
  }

  private static String[] absolute(Call call, long atMillis) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < call.size(); i++) {
      words.add(call.word(i));
    }
    words.set(2, Long.toString(atMillis));
    words.add("ABSTTL");
    return words.toArray(String[]::new);
  }

  private static void restoreExpired(Call call, String key) {
    if (call.keys().containsKey(key)) {
      call.remove(key);
      call.propagateAs(call.server().dialect().expiryCommand(), key);
    }
  }
}

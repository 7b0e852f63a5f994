package io.norn.sim.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** SET with all its options. */
final class SetCommand {
  private final Call call;
  private final String key;
  private final Set<String> flags = new HashSet<>();
  private String expireOption = "";
  private long expireArgument;

  private SetCommand(Call call) {
    this.call = call;
    this.key = call.word(1);
    parse();
  }

  static Object run(Call call) {
    return new SetCommand(call).run();
  }

  private void parse() {
    for (int i = 3; i < call.size(); i++) {
      String option = call.option(i);
      switch (option) {
        case "NX", "XX", "GET", "KEEPTTL" -> flags.add(option);
        case "EX", "PX", "EXAT", "PXAT" -> parseExpiry(option, ++i);
        default -> throw CommandFailure.syntax();
      }
    }
    boolean isContradictory =
        flags.containsAll(Set.of("NX", "XX"))
            || (flags.contains("KEEPTTL") && !expireOption.isEmpty());
    if (isContradictory) {
      throw CommandFailure.syntax();
    }
  }

  private void parseExpiry(String option, int argumentIndex) {
    if (!expireOption.isEmpty() || argumentIndex >= call.size()) {
      throw CommandFailure.syntax();
    }
    expireOption = option;
    expireArgument = call.integer(argumentIndex);
  }

  private Object run() {
    long atMillis =
        expireOption.isEmpty()
            ? Slot.NEVER
            : ExpireOption.atMillis(call, expireOption, expireArgument);
    StringValue old = flags.contains("GET") ? call.value(key, StringValue.class) : null;
    boolean isThere = call.find(key) != null;
    if (flags.contains(isThere ? "NX" : "XX")) {
      return flags.contains("GET") ? StringCommands.bulk(old) : null;
    }
    store(atMillis);
    propagate(atMillis);
    return flags.contains("GET") ? StringCommands.bulk(old) : "OK";
  }

  private void store(long atMillis) {
    StringValue value = new StringValue(call.word(2));
    if (flags.contains("KEEPTTL")) {
      call.replace(key, value);
    } else {
      call.set(key, value);
    }
    if (atMillis != Slot.NEVER) {
      call.setExpiry(key, atMillis);
    }
  }

  private void propagate(long atMillis) {
    if (!expireOption.isEmpty() && !expireOption.equals("PXAT")) {
      call.propagateAs("SET", key, call.word(2), "PXAT", Long.toString(atMillis));
    } else if (flags.contains("GET") && expireOption.isEmpty()) {
      call.propagateAs(withoutGet());
    }
  }

  private String[] withoutGet() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < call.size(); i++) {
      if (i < 3 || !call.option(i).equals("GET")) {
        words.add(call.word(i));
      }
    }
    return words.toArray(String[]::new);
  }
}

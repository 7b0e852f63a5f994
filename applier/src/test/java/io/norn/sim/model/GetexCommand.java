package io.norn.sim.model;

/** GETEX: a read that may change the expiry. */
final class GetexCommand {
  private GetexCommand() {}

  static Object run(Call call) {
    String option = option(call);
    long argument = ExpireOption.isOne(option) ? call.integer(3) : 0;
    StringValue value = call.value(call.word(1), StringValue.class);
    if (value == null) {
      return null;
    }
    if (option.equals("PERSIST")) {
      persist(call);
    } else if (ExpireOption.isOne(option)) {
      expire(call, ExpireOption.atMillis(call, option, argument));
    }
    return StringCommands.bulk(value);
  }

  private static String option(Call call) {
    if (call.size() == 2) {
      return "";
    }
    String option = call.option(2);
    boolean isKnown =
        (option.equals("PERSIST") && call.size() == 3)
            || (ExpireOption.isOne(option) && call.size() == 4);
    if (!isKnown) {
      throw CommandFailure.syntax();
    }
    return option;
  }

  private static void persist(Call call) {
    if (call.find(call.word(1)).expiresAtMillis() != Slot.NEVER) {
      call.setExpiry(call.word(1), Slot.NEVER);
      call.propagateAs("PERSIST", call.word(1));
    }
  }

  private static void expire(Call call, long atMillis) {
    String key = call.word(1);
    if (atMillis <= call.nowMillis()) {
      call.remove(key);
      call.propagateAs(call.server().dialect().expiryCommand(), key);
    } else {
      call.setExpiry(key, atMillis);
      call.propagateAs("PEXPIREAT", key, Long.toString(atMillis));
    }
  }
}

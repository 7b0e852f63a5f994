package io.norn.sim.model;

/** EX, PX, EXAT and PXAT of SET and GETEX. */
final class ExpireOption {
  private ExpireOption() {}

  static boolean isOne(String option) {
    return switch (option) {
      case "EX", "PX", "EXAT", "PXAT" -> true;
      default -> false;
    };
  }

  /** Absolute time of an option and its argument. */
  static long atMillis(Call call, String option, long argument) {
    if (argument <= 0) {
      throw new CommandFailure("ERR invalid expire time");
    }
    return switch (option) {
      case "EX" -> call.nowMillis() + argument * 1000;
      case "PX" -> call.nowMillis() + argument;
      case "EXAT" -> argument * 1000;
      default -> argument;
    };
  }
}

package io.norn.command;

import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Meaning of every write command that merging has a rule for. What it does not know becomes {@link
 * Op.Verbatim}.
 */
public final class CommandTable {
  private static final Set<String> ONE_KEY =
      Set.of(
          "APPEND",
          "SETRANGE",
          "SETBIT",
          "BITFIELD",
          "LPUSH",
          "RPUSH",
          "LPUSHX",
          "RPUSHX",
          "LPOP",
          "RPOP",
          "LREM",
          "LSET",
          "LTRIM",
          "LINSERT",
          "PFADD",
          "XADD",
          "XDEL",
          "XTRIM",
          "XACK",
          "XCLAIM",
          "XSETID",
          "ZPOPMIN",
          "ZPOPMAX",
          "ZREMRANGEBYSCORE",
          "ZREMRANGEBYRANK",
          "ZREMRANGEBYLEX",
          "HPEXPIREAT",
          "HPERSIST",
          "HSETEX",
          "HGETDEL",
          "INCRBYFLOAT",
          "HINCRBYFLOAT",
          "GEOADD",
          "MOVE");
  private static final Set<String> TWO_KEYS =
      Set.of(
          "RENAME",
          "RENAMENX",
          "COPY",
          "SMOVE",
          "LMOVE",
          "RPOPLPUSH",
          "GEOSEARCHSTORE",
          "ZRANGESTORE");

  private final Map<String, Function<Call, List<Op>>> parsers = new HashMap<>();

  public CommandTable() {
    parsers.putAll(StringCommands.parsers());
    parsers.putAll(HashCommands.parsers());
    parsers.putAll(SetCommands.parsers());
    parsers.putAll(SortedSetCommands.parsers());
    parsers.putAll(KeyCommands.parsers());
    for (String name : ONE_KEY) {
      parsers.put(name, call -> List.of(call.opaque(call.key())));
    }
    for (String name : TWO_KEYS) {
      parsers.put(name, call -> List.of(call.opaque(call.key(), DbKey.of(call.db(), call.arg(2)))));
    }
  }

  /**
   * The meaning of a command.
   *
   * @param change the command
   * @param hlcMicros its stamp's time
   * @return operations in the order in which they take effect; their keys differ
   */
  public List<Op> parse(Change change, long hlcMicros) {
    Call call = new Call(change.db(), change.args(), hlcMicros);
    Function<Call, List<Op>> parser = parsers.get(Text.upperCase(change.args()[0]));
    if (parser == null) {
      return List.of(call.opaque());
    }
    try {
      return parser.apply(call);
    } catch (Call.MalformedCallException | ArrayIndexOutOfBoundsException e) {
      return List.of(call.opaque());
    }
  }
}

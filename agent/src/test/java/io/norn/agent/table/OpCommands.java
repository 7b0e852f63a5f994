package io.norn.agent.table;

import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import java.util.List;
import java.util.stream.Stream;

/** Commands that do to a server without conflicts what operations say. */
final class OpCommands {
  private OpCommands() {}

  /**
   * True for what single commands can do again. Operations of streams are executed by a script,
   * with real servers in {@code StreamScriptIT}.
   */
  static boolean isTakenApart(Op op) {
    boolean isOfStream = op instanceof Op.Elements elements && elements.type() == ValueType.STREAM;
    return op.keys().size() == 1 && !(op instanceof Op.Opaque) && !isOfStream;
  }

  static List<byte[][]> of(Op op) {
    if (op instanceof Op.Replace replace) {
      return List.<byte[][]>of(replace.command());
    } else if (op instanceof Op.Delete delete) {
      return List.<byte[][]>of(command("DEL", delete.key().key().raw()));
    } else if (op instanceof Op.Elements elements) {
      byte[] key = elements.key().key().raw();
      return elements.ops().stream().map(each -> of(key, elements.type(), each)).toList();
    }
    throw new IllegalArgumentException("not to be taken apart: " + op);
  }

  private static byte[][] of(byte[] key, ValueType type, ElementOp op) {
    byte[] name = op.element().name().raw();
    if (op instanceof ElementOp.Add add) {
      return switch (type) {
        case HASH -> command("HINCRBY", key, name, add.delta());
        case ZSET -> command("ZINCRBY", key, add.delta(), name);
        default -> command("INCRBY", key, add.delta());
      };
    } else if (op instanceof ElementOp.Bound bound) {
      return command("ZADD", key, Text.bytes(bound.flag()), bound.score(), name);
    } else if (op instanceof ElementOp.Put put) {
      return put(key, type, name, put.value());
    }
    return remove(key, type, name);
  }

  private static byte[][] remove(byte[] key, ValueType type, byte[] name) {
    return switch (type) {
      case HASH -> command("HDEL", key, name);
      case SET -> command("SREM", key, name);
      case ZSET -> command("ZREM", key, name);
      default -> command("PERSIST", key);
    };
  }

  private static byte[][] put(byte[] key, ValueType type, byte[] name, byte[] value) {
    return switch (type) {
      case NONE -> command("PEXPIREAT", key, value);
      case HASH -> command("HSET", key, name, value);
      case SET -> command("SADD", key, name);
      case ZSET -> command("ZADD", key, value, name);
      default ->
          name.length > 0
              ? command("SETBIT", key, name, value)
              : command("SET", key, value, Text.bytes("KEEPTTL"));
    };
  }

  private static byte[][] command(String name, byte[]... args) {
    return Stream.concat(Stream.of(Text.bytes(name)), Stream.of(args)).toArray(byte[][]::new);
  }
}

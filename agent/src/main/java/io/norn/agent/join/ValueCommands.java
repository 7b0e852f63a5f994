package io.norn.agent.join;

import io.norn.merge.SnapshotKey;
import io.norn.rdb.PayloadDecoder;
import io.norn.rdb.ValueState;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes a value apart into the commands that make it, for servers that refuse its payload. */
final class ValueCommands {
  private static final int ARGUMENTS_AT_ONCE = 512;

  private final byte[] key;
  private final List<byte[][]> commands = new ArrayList<>();

  private ValueCommands(byte[] key) {
    this.key = key;
  }

  /**
   * Commands that replace the key.
   *
   * @param why the server's answer to the payload
   * @throws IOException if there are none for this type
   */
  static List<byte[][]> of(SnapshotKey peer, String why) throws IOException {
    ValueCommands made = new ValueCommands(peer.key().key().raw());
    try {
      made.add(PayloadDecoder.decode(peer.payload()), peer, why);
    } catch (IOException e) {
      throw cannotMerge(peer, why, e);
    }
    if (peer.expiryMillis() > 0) {
      made.command("PEXPIREAT", List.of(Text.bytes(Long.toString(peer.expiryMillis()))));
    }
    return made.commands;
  }

  /** One line for users. */
  static IOException cannotMerge(SnapshotKey peer, String why, IOException cause) {
    return new IOException(
        "key " + peer.key() + " cannot be merged, the local server answers '" + why + "'", cause);
  }

  private void add(ValueState value, SnapshotKey peer, String why) throws IOException {
    command("DEL", List.of());
    if (value instanceof ValueState.StringValue string) {
      command("SET", List.of(string.value()));
    } else if (value instanceof ValueState.ListValue list) {
      split("RPUSH", list.elements());
    } else if (value instanceof ValueState.SetValue set) {
      split("SADD", set.members());
    } else if (value instanceof ValueState.HashValue hash) {
      addHash(hash);
    } else if (value instanceof ValueState.ZSetValue zset) {
      split("ZADD", scores(zset));
    } else {
      throw cannotMerge(peer, why, null);
    }
  }

  private void addHash(ValueState.HashValue hash) {
    List<byte[]> args = new ArrayList<>();
    for (ValueState.Field field : hash.fields()) {
      args.add(field.name());
      args.add(field.value());
    }
    split("HSET", args);
    for (ValueState.Field field : hash.fields()) {
      if (field.expireAtMillis() > 0) {
        byte[] at = Text.bytes(Long.toString(field.expireAtMillis()));
        command("HPEXPIREAT", List.of(at, Text.bytes("FIELDS"), Text.bytes("1"), field.name()));
      }
    }
  }

  private static List<byte[]> scores(ValueState.ZSetValue zset) {
    List<byte[]> args = new ArrayList<>();
    for (ValueState.Member member : zset.members()) {
      args.add(Text.bytes(FirstContact.score(member.score())));
      args.add(member.name());
    }
    return args;
  }

  private void split(String name, List<byte[]> args) {
    for (int from = 0; from < args.size(); from += ARGUMENTS_AT_ONCE) {
      command(name, args.subList(from, Math.min(args.size(), from + ARGUMENTS_AT_ONCE)));
    }
  }

  private void command(String name, List<byte[]> args) {
    List<byte[]> command = new ArrayList<>(List.of(Text.bytes(name), key));
    command.addAll(args);
    commands.add(command.toArray(new byte[0][]));
  }
}

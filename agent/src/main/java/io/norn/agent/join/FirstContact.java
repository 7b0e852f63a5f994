package io.norn.agent.join;

import io.norn.agent.config.Policies.InitialSync;
import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.merge.Emission;
import io.norn.merge.Recording.Recorded;
import io.norn.merge.SnapshotKey;
import io.norn.rdb.PayloadDecoder;
import io.norn.rdb.ValueState;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One key that two servers held before they knew each other. What was written here while they meet
 * counts more than both.
 */
final class FirstContact {
  private final InitialSync policy;

  FirstContact(InitialSync policy) {
    this.policy = policy;
  }

  /**
   * A key of the local server.
   *
   * @param payload as from {@code DUMP}; null if absent
   * @param expiryMillis not positive for none
   */
  record Local(byte[] payload, long expiryMillis) {}

  /**
   * Commands that bring in what the peer holds.
   *
   * @param written operations on elements that were executed here and that the peer lacks
   */
  List<Emission> merge(SnapshotKey peer, Local local, List<Recorded> written) throws IOException {
    if (peer.payload() == null) {
      return List.of();
    }
    if (local.payload() == null && written.isEmpty()) {
      return peer.takeOver();
    }
    ValueState theirs = PayloadDecoder.decode(peer.payload());
    ValueState mine = local.payload() == null ? emptyLike(theirs) : decode(local);
    List<Emission> united = unite(peer.key(), mine, theirs, touched(written));
    if (united == null) {
      boolean take = policy == InitialSync.PREFER_PEER && written.isEmpty();
      return take ? peer.takeOver() : List.of();
    }
    return withExpiry(united, peer, local, touched(written));
  }

  private static ValueState decode(Local local) throws IOException {
    return PayloadDecoder.decode(local.payload());
  }

  /** What is left here after the last element was removed. */
  private static ValueState emptyLike(ValueState theirs) {
    if (theirs instanceof ValueState.HashValue) {
      return new ValueState.HashValue(List.of());
    }
    return theirs instanceof ValueState.SetValue
        ? new ValueState.SetValue(List.of())
        : new ValueState.ZSetValue(List.of());
  }

  private static Set<Element> touched(List<Recorded> written) {
    Set<Element> touched = new HashSet<>();
    for (Recorded each : written) {
      if (each.op() instanceof Op.Elements elements) {
        elements.ops().stream().map(ElementOp::element).forEach(touched::add);
      }
    }
    return touched;
  }

  /** Null if the two cannot be united. */
  private List<Emission> unite(
      DbKey key, ValueState mine, ValueState theirs, Set<Element> touched) {
    if (mine instanceof ValueState.HashValue a && theirs instanceof ValueState.HashValue b) {
      return command("HSET", key, hashFields(a, b, touched));
    }
    if (mine instanceof ValueState.SetValue && theirs instanceof ValueState.SetValue b) {
      return command("SADD", key, members(b, touched));
    }
    if (mine instanceof ValueState.ZSetValue a && theirs instanceof ValueState.ZSetValue b) {
      return command("ZADD", key, scores(a, b, touched));
    }
    return null;
  }

  private List<byte[]> hashFields(
      ValueState.HashValue mine, ValueState.HashValue theirs, Set<Element> touched) {
    Set<Bytes> own = new HashSet<>();
    mine.fields().forEach(field -> own.add(new Bytes(field.name())));
    List<byte[]> args = new ArrayList<>();
    for (ValueState.Field field : theirs.fields()) {
      if (isTaken(ValueType.HASH, field.name(), own, touched)) {
        args.add(field.name());
        args.add(field.value());
      }
    }
    return args;
  }

  private List<byte[]> members(ValueState.SetValue theirs, Set<Element> touched) {
    List<byte[]> args = new ArrayList<>();
    for (byte[] member : theirs.members()) {
      if (isTaken(ValueType.SET, member, Set.of(), touched)) {
        args.add(member);
      }
    }
    return args;
  }

  private List<byte[]> scores(
      ValueState.ZSetValue mine, ValueState.ZSetValue theirs, Set<Element> touched) {
    Set<Bytes> own = new HashSet<>();
    mine.members().forEach(member -> own.add(new Bytes(member.name())));
    List<byte[]> args = new ArrayList<>();
    for (ValueState.Member member : theirs.members()) {
      if (isTaken(ValueType.ZSET, member.name(), own, touched)) {
        args.add(Text.bytes(score(member.score())));
        args.add(member.name());
      }
    }
    return args;
  }

  static String score(double score) {
    if (Double.isInfinite(score)) {
      return score > 0 ? "+inf" : "-inf";
    }
    return Double.toString(score);
  }

  private boolean isTaken(ValueType type, byte[] name, Set<Bytes> own, Set<Element> touched) {
    Bytes bytes = new Bytes(name);
    boolean wins = policy == InitialSync.PREFER_PEER || !own.contains(bytes);
    return wins && !touched.contains(new Element(type, bytes));
  }

  private static List<Emission> command(String name, DbKey key, List<byte[]> args) {
    List<Emission> emissions = new ArrayList<>();
    if (!args.isEmpty()) {
      List<byte[]> command = new ArrayList<>(List.of(Text.bytes(name), key.key().raw()));
      command.addAll(args);
      emissions.add(new Emission(key.db(), key, command.toArray(new byte[0][])));
    }
    return emissions;
  }

  private List<Emission> withExpiry(
      List<Emission> emissions, SnapshotKey peer, Local local, Set<Element> touched) {
    if (emissions.isEmpty() && local.payload() == null) {
      return emissions;
    }
    boolean differs = Math.max(0, peer.expiryMillis()) != Math.max(0, local.expiryMillis());
    if (differs && policy == InitialSync.PREFER_PEER && !touched.contains(Element.EXPIRY)) {
      byte[] name = peer.key().key().raw();
      byte[][] command =
          peer.expiryMillis() > 0
              ? new byte[][] {
                Text.bytes("PEXPIREAT"), name, Text.bytes(Long.toString(peer.expiryMillis()))
              }
              : new byte[][] {Text.bytes("PERSIST"), name};
      emissions.add(new Emission(peer.key().db(), peer.key(), command));
    }
    return emissions;
  }
}

package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.command.Bytes;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.EntryId;
import io.norn.command.Packed;
import io.norn.command.StreamElement;
import io.norn.command.StreamElement.Kind;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import io.norn.window.GroupKey;
import io.norn.window.KeyWindow;
import io.norn.window.LaterOp;
import io.norn.window.Removals;
import io.norn.window.Sighted;
import io.norn.window.StateBase;
import io.norn.window.StreamWindow;
import io.norn.window.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides operations on parts of one stream. Entries are united by ID; what a group's destruction,
 * or a consumer's, took away is older than it.
 */
final class StreamMerge {
  private final KeyWindow key;
  private final Streams streams;
  private final StreamWindow stream;
  private final KeyWriter writer;
  private final Stamp stamp;
  private final StateBase node;
  private long skipped;

  /**
   * Decides operations of one command.
   *
   * @param next the command, and what its node had seen
   */
  StreamMerge(KeyWindow key, Streams streams, KeyWriter writer, Sighted next) {
    this.key = key;
    this.streams = streams;
    this.stream = streams.of(writer.key());
    this.writer = writer;
    this.stamp = next.stamp();
    this.node = new StateBase(stamp, next.seen(), ValueType.STREAM);
  }

  /** Number of those that a later operation makes meaningless. */
  long merge(List<ElementOp> ops) {
    ops.forEach(this::merge);
    return skipped;
  }

  private void merge(ElementOp op) {
    Kind kind = StreamElement.kind(op.element());
    Optional<List<ElementOp>> outcome = key.outcome(stamp, node.seen(), op);
    boolean revives = outcome.isPresent() && op instanceof ElementOp.Remove;
    if (kind == Kind.TRIM) {
      trim(op);
    } else if (outcome.equals(Outcomes.NOTHING) || isDominated(op)) {
      skipped++;
      if (kind == Kind.ENTRY && op instanceof ElementOp.Put && !Removals.haveSeen(key, stamp)) {
        byte[] id = StreamElement.id(op.element()).text();
        writer.write(new ElementOp.Put(StreamElement.LAST_ID, id));
      }
    } else if (revives) {
      outcome.get().forEach(writer::write);
    } else if (kind == Kind.GROUP) {
      mergeGroup(op);
    } else if (kind == Kind.PENDING && op instanceof ElementOp.Put put && isGoneHere(put)) {
      writer.deliverGone(put);
    } else {
      writer.write(op);
      if (kind == Kind.CONSUMER && op instanceof ElementOp.Remove) {
        redoPendingOf(op.element());
      }
    }
  }

  private boolean isDominated(ElementOp op) {
    if (key.isOverwrittenAfter(stamp, op.element())) {
      return true;
    }
    return switch (StreamElement.kind(op.element())) {
      case ENTRY ->
          op instanceof ElementOp.Put && stream.isTrimmed(StreamElement.id(op.element()), stamp);
      case PENDING ->
          op instanceof ElementOp.Put put && (isOfDeletedConsumer(put) || isOfOlderGroup(put));
      default -> false;
    };
  }

  private boolean isOfDeletedConsumer(ElementOp.Put pending) {
    byte[] consumer = Packed.parts(pending.value()).get(0);
    Element element = StreamElement.consumer(StreamElement.groupOf(pending.element()), consumer);
    return key.isOverwrittenAfter(stamp, element);
  }

  /** True if the entry went here, but was still there where it was delivered. */
  private boolean isGoneHere(ElementOp.Put pending) {
    EntryId id = StreamElement.id(pending.element());
    LaterOp last = key.overwriteOf(StreamElement.entry(id));
    boolean isRemoved = last != null && last.op() instanceof ElementOp.Remove;
    return (isRemoved && !node.covers(last.stamp())) || stream.isGoneUnseen(id, node);
  }

  private boolean isOfOlderGroup(ElementOp.Put pending) {
    byte[] name = StreamElement.groupOf(pending.element());
    return streams.groups().isMadeBehind(new GroupKey(writer.key(), new Bytes(name)), stamp);
  }

  private void mergeGroup(ElementOp op) {
    if (op instanceof ElementOp.Put put) {
      writer.write(new ElementOp.Put(put.element(), from(StreamElement.place(put))));
      writer.redo(key.modifiersAfter(stamp, op.element()));
      if (!StreamElement.isMove(put)) {
        redoPending(StreamElement.groupOf(put.element()));
      }
    } else if (op instanceof ElementOp.Bound bound) {
      writer.write(new ElementOp.Bound(op.element(), upto(bound), bound.flag()));
    } else {
      writer.write(op);
    }
  }

  private byte[] upto(ElementOp.Bound bound) {
    GroupKey group = new GroupKey(writer.key(), new Bytes(StreamElement.groupOf(bound.element())));
    EntryId id = EntryId.parse(bound.score()).orElseThrow();
    return streams.groups().upto(group, id, node, stream, key).text();
  }

  /** The last ID was another one at its node: what came here since is still to be read. */
  private byte[] from(byte[] id) {
    EntryId unseen = Text.latin1(id).equals("$") ? stream.firstUnseen(node) : null;
    return unseen == null ? id : Text.bytes("(" + unseen);
  }

  /** Of what is pending, a group that is made anew holds only what its maker had not seen. */
  private void redoPending(byte[] group) {
    for (LaterOp each : key.after(Stamp.FIRST)) {
      if (isPendingIn(group, each.op())) {
        boolean isOld = node.covers(each.stamp());
        writer.write(isOld ? new ElementOp.Remove(each.op().element()) : each.op());
      }
    }
  }

  private static boolean isPendingIn(byte[] group, ElementOp op) {
    return op instanceof ElementOp.Put put
        && put.element().type() == ValueType.STREAM
        && StreamElement.kind(put.element()) == Kind.PENDING
        && Arrays.equals(StreamElement.groupOf(put.element()), group);
  }

  private void redoPendingOf(Element consumer) {
    List<byte[]> name = StreamElement.parts(consumer);
    for (LaterOp later : key.after(stamp)) {
      boolean isOfConsumer =
          isPendingIn(name.get(0), later.op())
              && Arrays.equals(
                  Packed.parts(((ElementOp.Put) later.op()).value()).get(0), name.get(1));
      if (isOfConsumer) {
        writer.write(later.op());
      }
    }
  }

  /** A client's own trim says nothing: its node will tell what is left. */
  private void trim(ElementOp op) {
    if (op instanceof ElementOp.Put put) {
      List<EntryId> left = StreamElement.left(put);
      List<EntryId> spared = new ArrayList<>(left.subList(1, left.size()));
      spared.addAll(stream.unseenBelow(left.get(0), node));
      writer.trim(left.get(0), spared);
    }
  }
}

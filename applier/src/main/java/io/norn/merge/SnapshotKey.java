package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.command.PayloadType;
import io.norn.command.ValueType;
import io.norn.stream.Change;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Text;
import io.norn.window.Forgetting;
import io.norn.window.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes over a peer's state of one key, and puts on top of it what was executed here and the peer
 * had not seen.
 */
public final class SnapshotKey {
  private final DbKey key;
  private final byte[] payload;
  private final long expiryMillis;
  private final List<byte[][]> commands;

  /**
   * The peer's state.
   *
   * @param payload as from {@code DUMP}; null if the key is absent there
   * @param expiryMillis since the epoch; not positive for none
   */
  public SnapshotKey(DbKey key, byte[] payload, long expiryMillis) {
    this(key, payload, expiryMillis, List.of());
  }

  private SnapshotKey(DbKey key, byte[] payload, long expiryMillis, List<byte[][]> commands) {
    this.key = key;
    this.payload = payload;
    this.expiryMillis = expiryMillis;
    this.commands = commands;
  }

  public DbKey key() {
    return key;
  }

  /**
   * The same with other commands that make the key, for a payload that the local server does not
   * take.
   */
  public SnapshotKey madeBy(List<byte[][]> commands) {
    return new SnapshotKey(key, payload, expiryMillis, commands);
  }

  /** The commands that make the local key equal to the peer's. */
  public List<Emission> takeOver() {
    return commands.isEmpty()
        ? List.of(restore())
        : commands.stream().map(each -> new Emission(key.db(), key, each)).toList();
  }

  private Emission restore() {
    byte[] name = key.key().raw();
    byte[][] command =
        payload == null
            ? new byte[][] {Text.bytes("DEL"), name}
            : new byte[][] {
              Text.bytes("RESTORE"),
              name,
              Text.bytes(Long.toString(Math.max(0, expiryMillis))),
              payload,
              Text.bytes("REPLACE"),
              Text.bytes("ABSTTL")
            };
    return new Emission(key.db(), key, command);
  }

  /**
   * The commands that make the local key equal to the peer's with some operations added in their
   * places.
   *
   * @param peer stream of the peer
   * @param recent what the peer's stream brought up to the snapshot, as far as it is known
   * @param uncovered operations that the snapshot does not hold, in stamp order
   * @param facts of the peer's state
   * @param table meaning of commands
   */
  public List<Emission> takeOver(
      StreamId peer,
      List<ChangeUnit> recent,
      List<Recording.Recorded> uncovered,
      Facts facts,
      CommandTable table,
      long nowMillis) {
    List<Emission> emissions = new ArrayList<>(takeOver());
    Window window = window(peer, recent, table);
    Decider decider = new Decider(table, window, facts, nowMillis);
    emissions.addAll(decider.decideAll(uncovered).emissions());
    return emissions;
  }

  private Window window(StreamId peer, List<ChangeUnit> recent, CommandTable table) {
    Forgetting nothing = new Forgetting(peer.node());
    nothing.join("");
    Window window = new Window(peer, nothing, table.policy());
    for (ChangeUnit unit : recent) {
      for (Change change : unit.changes()) {
        for (Op op : table.parse(change, unit.hlc())) {
          if (op.keys().contains(key) || op instanceof Op.Flush) {
            window.add(unit.stamp(change), unit.seen(), op);
          }
        }
      }
    }
    return window;
  }

  /** What units do to one key; a flush removes it. */
  static List<Recording.Recorded> operations(
      DbKey key, List<ChangeUnit> units, CommandTable table) {
    List<Recording.Recorded> operations = new ArrayList<>();
    for (ChangeUnit unit : units) {
      for (Change change : unit.changes()) {
        for (Op op : table.parse(change, unit.hlc())) {
          Op onKey = onKey(key, op);
          if (onKey != null) {
            operations.add(new Recording.Recorded(unit.stamp(change), onKey, unit.seen()));
          }
        }
      }
    }
    return operations;
  }

  /** Null if it does nothing to the key; a command with several keys counts for the first. */
  private static Op onKey(DbKey key, Op op) {
    if (op instanceof Op.Flush flush) {
      return flush.db() == Op.Flush.ALL || flush.db() == key.db() ? new Op.Delete(key) : null;
    }
    return !op.keys().isEmpty() && op.keys().get(0).equals(key) ? op : null;
  }

  /** Type of the peer's value. */
  public ValueType type() {
    return payload == null ? ValueType.NONE : PayloadType.of(payload);
  }

  /** The peer's value as from {@code DUMP}; null if the key is absent there. */
  public byte[] payload() {
    return payload;
  }

  public long expiryMillis() {
    return expiryMillis;
  }
}

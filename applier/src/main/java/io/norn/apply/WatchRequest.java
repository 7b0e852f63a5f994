package io.norn.apply;

import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ValueType;
import io.norn.merge.Facts;
import io.norn.merge.Reads;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.Reserved;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The first write of a batch: WATCH of its keys and of the version vector, the reads that the
 * decision needs, and the barrier.
 *
 * <p>The version vector is always watched, so that an EXEC of an agent that was killed or stopped
 * can never be applied beside that of its successor.
 */
public final class WatchRequest {
  private final Commands commands = new Commands();
  private final Map<DbKey, Integer> typeReplies = new HashMap<>();
  private final Map<DbKey, Map<Element, Integer>> numberReplies = new HashMap<>();
  private final Set<DbKey> watched;
  private final List<byte[][]> finished;

  /**
   * Plans the commands.
   *
   * @param barrier text to publish behind the reads
   */
  public WatchRequest(Reads reads, String barrier) {
    watched = reads.watched();
    commands.add("WATCH", Reserved.VECTOR_KEY);
    byDb(reads.watched()).forEach(this::watch);
    reads.typed().forEach(this::readType);
    reads.numbers().forEach(this::readNumbers);
    commands.select(0);
    commands.add("SPUBLISH", Reserved.CHANNEL, barrier);
    finished = commands.finish();
  }

  private static Map<Integer, List<DbKey>> byDb(Set<DbKey> keys) {
    Map<Integer, List<DbKey>> grouped = new TreeMap<>();
    keys.forEach(key -> grouped.computeIfAbsent(key.db(), db -> new ArrayList<>()).add(key));
    return grouped;
  }

  private void watch(int db, List<DbKey> keys) {
    commands.select(db);
    byte[][] command = new byte[keys.size() + 1][];
    command[0] = Text.bytes("WATCH");
    for (int i = 0; i < keys.size(); i++) {
      command[i + 1] = keys.get(i).key().raw();
    }
    commands.add(command);
  }

  private void readType(DbKey key) {
    commands.select(key.db());
    typeReplies.put(key, commands.size());
    commands.add(new byte[][] {Text.bytes("TYPE"), key.key().raw()});
  }

  private void readNumbers(DbKey key, Set<Element> elements) {
    commands.select(key.db());
    Map<Element, Integer> replies = numberReplies.computeIfAbsent(key, k -> new HashMap<>());
    for (Element element : elements) {
      replies.put(element, commands.size());
      commands.add(readNumber(key, element));
    }
  }

  private static byte[][] readNumber(DbKey key, Element element) {
    byte[] name = key.key().raw();
    return element.type() == ValueType.HASH
        ? new byte[][] {Text.bytes("HGET"), name, element.name().raw()}
        : new byte[][] {Text.bytes("GETRANGE"), name, Text.bytes("0"), Text.bytes("20")};
  }

  /** The commands to send in one write. */
  public List<byte[][]> commands() {
    return finished;
  }

  /** The first error among the replies that makes the batch impossible; null if there is none. */
  public ServerError refusal(List<Object> replies) {
    for (int i = 0; i < replies.size(); i++) {
      boolean mayFail = isNumberReply(i);
      if (replies.get(i) instanceof ServerError error && !mayFail) {
        return error;
      }
    }
    return null;
  }

  /** A counter's read fails harmlessly when the key is of another type. */
  private boolean isNumberReply(int index) {
    return numberReplies.values().stream().anyMatch(each -> each.containsValue(index));
  }

  /** What the replies tell. */
  public Facts facts(List<Object> replies) {
    return new Facts() {
      @Override
      public boolean isWatched(DbKey key) {
        return watched.contains(key);
      }

      @Override
      public ValueType type(DbKey key) {
        Integer index = typeReplies.get(key);
        return index == null
            ? ValueType.NONE
            : ValueType.ofReply(ServerConnection.text(replies.get(index)));
      }

      @Override
      public byte[] number(DbKey key, Element element) {
        Integer index = numberReplies.getOrDefault(key, Map.of()).get(element);
        byte[] value =
            index != null && replies.get(index) instanceof byte[] raw ? raw : new byte[0];
        boolean absentString = value.length == 0 && type(key) != element.type();
        return index == null || replies.get(index) == null || absentString ? null : value;
      }
    };
  }
}

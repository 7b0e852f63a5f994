package io.norn.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.CommandTable;
import io.norn.shadow.ReadRequest.Kind;
import io.norn.sim.model.Dialect;
import io.norn.sim.model.ModelConnection;
import io.norn.sim.model.ModelServer;
import io.norn.sim.model.StreamEntry;
import io.norn.sim.model.Text;
import io.norn.stream.Taken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is told of pops is what the model's clients got. */
class ShadowsTest {
  private static final String[] ENDS = {"LEFT", "RIGHT"};

  private final ModelServer server = new ModelServer(Dialect.VALKEY_8, "r");
  private final ModelConnection client = server.connect();
  private final ModelConnection agent = server.connect();
  private final Shadows shadows = new Shadows(0, "me", new CommandTable(), payload -> null);
  private final List<ReadRequest> asked = new ArrayList<>();
  private final Map<Long, List<String>> got = new HashMap<>();
  private int fed;

  @Property(tries = 300)
  void shouldTellWhatClientsGot(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 120; i++) {
      act(random);
      if (random.nextInt(3) > 0) {
        feed();
        asked.addAll(shadows.wanted(2));
      }
      if (!asked.isEmpty() && random.nextInt(4) > 0) {
        read(asked.remove(random.nextInt(asked.size())), random.nextBoolean());
      }
    }
    feed();
    check();
  }

  private void act(Random random) {
    String key = random.nextInt(3) == 0 ? "z" : "l" + random.nextInt(2);
    String[] command =
        key.equals("z")
            ? sortedSet(random, key)
            : random.nextInt(20) == 0
                ? new String[] {random.nextBoolean() ? "DEL" : "PERSIST", key}
                : list(random, key);
    Object reply = client.execute(command);
    long end = server.stream().endOffset();
    boolean isEmpty = reply == null || reply.equals(List.of());
    if (command[0].contains("POP") && !isEmpty) {
      got.put(end, elements(reply, key.equals("z") ? 2 : 1));
    } else if (command[0].equals("LMOVE") && reply != null) {
      got.put(end, elements(reply, 1));
    }
  }

  private static String[] list(Random random, String key) {
    String element = "e" + random.nextInt(6);
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new String[] {"RPUSH", key, element, "e" + random.nextInt(6)};
      case 3, 4 -> new String[] {"LPUSH", key, element};
      case 5 -> new String[] {"LPOP", key};
      case 6 -> new String[] {"RPOP", key, "2"};
      case 7 -> new String[] {"LREM", key, Integer.toString(random.nextInt(-1, 2)), element};
      case 8 -> new String[] {"LTRIM", key, "0", Integer.toString(random.nextInt(-3, 3))};
      case 9 -> new String[] {"LINSERT", key, "AFTER", element, "e9"};
      case 10 -> new String[] {"LSET", key, "-1", element};
      default ->
          new String[] {"LMOVE", key, "l0", ENDS[random.nextInt(2)], ENDS[random.nextInt(2)]};
    };
  }

  private static String[] sortedSet(Random random, String key) {
    String member = "m" + random.nextInt(6);
    String score = Integer.toString(random.nextInt(-4, 5));
    return switch (random.nextInt(8)) {
      case 0, 1 -> new String[] {"ZADD", key, score, member};
      case 2 -> new String[] {"ZADD", key, random.nextBoolean() ? "GT" : "NX", score, member};
      case 3 -> new String[] {"ZINCRBY", key, score, member};
      case 4 -> new String[] {"ZREM", key, member};
      case 5 -> new String[] {"ZREMRANGEBYSCORE", key, score, "2"};
      case 6 -> new String[] {"ZPOPMAX", key};
      default -> new String[] {"ZPOPMIN", key, "2"};
    };
  }

  private static List<String> elements(Object reply, int step) {
    List<?> all = reply instanceof List<?> list ? list : List.of(reply);
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      elements.add(Text.of((byte[]) all.get(i)));
    }
    return elements;
  }

  private void read(ReadRequest request, boolean answerFirst) {
    String key = Text.of(request.key().key().raw());
    agent.execute("MULTI");
    if (request.kind() == Kind.LIST) {
      agent.execute("LRANGE", key, "0", "-1");
    } else {
      agent.execute("ZRANGE", key, "0", "-1", "WITHSCORES");
    }
    agent.execute("SPUBLISH", "__norn", request.mark());
    List<?> replies = (List<?>) agent.execute("EXEC");
    if (!answerFirst) {
      feed();
    }
    shadows.read(request, value(request, replies.get(0)));
  }

  private static Shadow value(ReadRequest request, Object reply) {
    if (!(reply instanceof List<?> list)) {
      return null;
    }
    List<byte[]> elements = list.stream().map(each -> (byte[]) each).toList();
    return request.kind() == Kind.LIST ? ListShadow.of(elements) : SortedSetShadow.of(elements);
  }

  private void feed() {
    List<StreamEntry> entries = server.stream().entries();
    for (; fed < entries.size(); fed++) {
      StreamEntry entry = entries.get(fed);
      shadows.accept(Text.command(entry.words().toArray(String[]::new)), entry.endOffset());
    }
  }

  private void check() {
    Map<Long, Taken> told = shadows.taken(0, Long.MAX_VALUE);
    got.forEach(
        (offset, elements) -> {
          Taken taken = told.get(offset);
          if (taken != null) {
            List<String> all = new ArrayList<>(taken.first());
            all.addAll(taken.last());
            assertThat(all).as("at " + offset).isEqualTo(elements);
          }
        });
    toldOf += (int) got.keySet().stream().filter(told::containsKey).count();
  }

  private int toldOf;

  @Test
  void shouldTellOfMostPops() {
    for (long seed = 1; seed <= 20; seed++) {
      shouldTellWhatClientsGot(seed);
    }
    assertThat(toldOf).isGreaterThan(got.size() / 2);
  }

  @Test
  void shouldFollowNoValueThatIsTooLarge() {
    shadows.accept(Text.command("RPUSH", "l", "a"), 10);
    ReadRequest request = shadows.wanted(1).get(0);
    shadows.read(request, null);
    shadows.accept(Text.command("LPOP", "l"), 20);

    assertThat(shadows.wanted(1)).isEmpty();
    assertThat(shadows.taken(0, 20)).isEmpty();
  }

  @Test
  void shouldGiveUpWhatWasUsedLongestAgo() {
    for (int i = 0; i <= Shadows.MAX_KEYS; i++) {
      introduce("l" + i, 100L * i);
    }
    shadows.accept(Text.command("LPOP", "l0"), 1_000_000);
    shadows.accept(Text.command("LPOP", "l" + Shadows.MAX_KEYS), 1_000_010);

    assertThat(shadows.taken(0, 2_000_000)).containsOnlyKeys(1_000_010L);
  }

  private void introduce(String key, long offset) {
    shadows.accept(Text.command("RPUSH", key, "a"), offset + 1);
    shadows.accept(Text.command("DEL", key), offset + 2);
    shadows.accept(Text.command("RPUSH", key, "a"), offset + 3);
  }

  @Test
  void shouldTellNothingOfTheTransactionsOfAgents() {
    introduce("l", 0);
    shadows.accept(Text.command("MULTI"), 10);
    shadows.accept(Text.command("HSET", "__norn:v", "b", "i 1"), 20);
    shadows.accept(Text.command("LPOP", "l"), 30);
    shadows.accept(Text.command("EXEC"), 40);

    assertThat(shadows.taken(0, 40)).isEmpty();
  }

  @Test
  void shouldTellEachPopInOneTick() {
    introduce("l", 0);
    shadows.accept(Text.command("LPOP", "l"), 10);
    shadows.accept(Text.command("RPUSH", "l", "b"), 20);
    shadows.accept(Text.command("RPOP", "l"), 30);

    assertThat(shadows.taken(0, 20)).containsOnlyKeys(10L);
    assertThat(shadows.taken(20, 30)).containsOnlyKeys(30L);
    shadows.covered(30);
    assertThat(shadows.taken(0, 30)).isEmpty();
  }
}

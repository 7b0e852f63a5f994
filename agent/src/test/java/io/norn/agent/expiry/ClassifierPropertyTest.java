package io.norn.agent.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.agent.expiry.Classifier.Unseen;
import io.norn.stream.Change;
import io.norn.stream.DeleteCause;
import io.norn.stream.Text;
import io.norn.stream.UnclassifiedDelete;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A server that deletes and expires keys, its stream and its events read with any delay: the
 * server's own deletes are found, and no others.
 */
class ClassifierPropertyTest {
  private static final int KEYS = 4;
  private static final int STEPS = 300;

  @Property(tries = 300)
  void shouldFindTheServersOwnDeletes(@ForAll long seed) {
    World world = new World(new Random(seed));
    for (int i = 0; i < STEPS; i++) {
      world.step();
    }
    world.drain();

    assertThat(world.told).isEqualTo(world.truth);
    assertThat(world.tickedUpto).isEqualTo(world.offset);
  }

  /** Of each key it is known in the stream whether it was to expire. */
  private static final class World {
    private final Random random;
    private final Classifier classifier = new Classifier(Unseen.CLIENTS, () -> 1000);
    private final Deque<UnclassifiedDelete> stream = new ArrayDeque<>();
    private final Deque<ServerEvent> wire = new ArrayDeque<>();
    private final SortedMap<Long, DeleteCause> truth = new TreeMap<>();
    private final SortedMap<Long, DeleteCause> told = new TreeMap<>();
    private long offset;
    private long read;
    private long tickedUpto;
    private boolean isAsked;
    private boolean isCutWanted;

    World(Random random) {
      this.random = random;
      classifier.opening(0);
      classifier.opened(0);
    }

    void step() {
      switch (random.nextInt(8)) {
        case 0, 1 -> delete();
        case 2, 3 -> readSome();
        case 4 -> hearOne();
        case 5 -> ask();
        case 6 -> answer();
        default -> tick();
      }
    }

    private void delete() {
      String key = "k" + random.nextInt(KEYS);
      boolean expires = random.nextBoolean();
      long begin = offset;
      offset += 10;
      byte[][] args = {Text.bytes("DEL"), Text.bytes(key)};
      long dueMillis = expires ? 900 : UnclassifiedDelete.NEVER;
      stream.add(new UnclassifiedDelete(new Change(0, args, offset), begin, offset, 1, dueMillis));
      if (expires) {
        wire.add(new ServerEvent(0, args[1], DeleteCause.EXPIRED));
        truth.put(offset, DeleteCause.EXPIRED);
      }
    }

    private void readSome() {
      for (int i = random.nextInt(4); i >= 0 && !stream.isEmpty(); i--) {
        UnclassifiedDelete next = stream.poll();
        classifier.deleted(next);
        read = next.endOffset();
      }
      classifier.read(read, tickedUpto);
    }

    private void hearOne() {
      if (!wire.isEmpty()) {
        classifier.removed(wire.poll());
      }
    }

    private void ask() {
      isAsked |= classifier.probe();
      if (isCutWanted) {
        isCutWanted = false;
        classifier.cut(offset);
      }
    }

    /** What was removed before the answer is heard before it. */
    private void answer() {
      if (isAsked) {
        while (!wire.isEmpty()) {
          hearOne();
        }
        isAsked = false;
        isCutWanted |= classifier.probed();
      }
    }

    private void tick() {
      Coverage coverage = classifier.coverage(read);
      if (coverage.upto() > tickedUpto) {
        told.putAll(coverage.deletes());
        classifier.written(coverage);
        tickedUpto = coverage.upto();
      }
    }

    void drain() {
      for (int i = 0; i < 20 && tickedUpto < offset; i++) {
        while (!stream.isEmpty()) {
          readSome();
        }
        ask();
        answer();
        ask();
        tick();
      }
    }
  }
}

package io.norn.sim.mesh;

import io.norn.apply.WatchRequest;
import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ValueType;
import io.norn.merge.Facts;
import io.norn.merge.MergeState;
import io.norn.sim.model.Text;
import io.norn.window.LaterOp;
import java.util.ArrayList;
import java.util.List;

/** The first write of a batch, with the rules about it intact or broken. */
final class Watching {
  private static final Stamp BEFORE_ALL = new Stamp(-1, new StreamId("", ""), -1);

  private Watching() {}

  static List<byte[][]> commands(WatchRequest watch, Mutation mutation) {
    List<byte[][]> commands = new ArrayList<>();
    for (byte[][] command : watch.commands()) {
      commands.add(isDropped(command, mutation) ? Text.command("PING") : command);
    }
    return commands;
  }

  private static boolean isDropped(byte[][] command, Mutation mutation) {
    boolean isWatch = Text.of(command[0]).equals("WATCH");
    boolean isOfVector = isWatch && Text.of(command[1]).equals("__norn:v");
    return (mutation == Mutation.NO_WATCH && isWatch && !isOfVector)
        || (mutation == Mutation.NO_WATCH_OF_VECTOR && isOfVector);
  }

  static List<Object> replies(WatchRequest watch, List<Object> replies, Mutation mutation) {
    if (replies.size() != watch.commands().size()) {
      throw new IllegalStateException(mutation + ": a reply for each command");
    }
    return Replies.of(replies);
  }

  static Facts facts(Batch batch, MergeState state, Mutation mutation) {
    Facts read = batch.watch().facts(batch.replies());
    return mutation == Mutation.TYPE_FROM_WINDOW ? new TypesOfWindow(read, state) : read;
  }

  /** Believes that the last operation it knows of tells the type. */
  private record TypesOfWindow(Facts read, MergeState state) implements Facts {
    @Override
    public boolean isWatched(DbKey key) {
      return read.isWatched(key);
    }

    @Override
    public ValueType type(DbKey key) {
      List<LaterOp> known = state.window().of(key).after(BEFORE_ALL);
      for (int i = known.size() - 1; i >= 0; i--) {
        if (known.get(i).op().creates()) {
          return known.get(i).op().element().type();
        }
      }
      return read.type(key);
    }

    @Override
    public byte[] number(DbKey key, Element element) {
      return read.number(key, element);
    }
  }
}

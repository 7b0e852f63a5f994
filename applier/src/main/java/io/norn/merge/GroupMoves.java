package io.norn.merge;

import io.norn.command.ElementOp;
import io.norn.command.StreamElement;
import io.norn.window.GroupKey;
import io.norn.window.Window;
import java.util.List;

/** Moves a group on that was held up by an entry which nobody had delivered. */
public final class GroupMoves {
  private GroupMoves() {}

  /** The commands; none if it is held up again. */
  public static List<Emission> free(Window window, GroupKey group) {
    if (!window.streams().groups().freed().contains(group)) {
      return List.of();
    }
    Emissions out = new Emissions();
    byte[] furthest = window.streams().groups().furthest(group).text();
    out.stream(group.key())
        .add(new ElementOp.Bound(StreamElement.group(group.group().raw()), furthest, "GT"));
    return out.toList();
  }
}

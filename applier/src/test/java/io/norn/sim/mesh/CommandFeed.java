package io.norn.sim.mesh;

import io.norn.sim.model.Text;
import java.util.Locale;

/** The way of a stream's commands into a decoder. */
interface CommandFeed {
  void accept(byte[][] command, long endOffset);

  /** The plain way, or one that takes a naked marker for the begin of a transaction. */
  static CommandFeed of(Mutation mutation, CommandFeed decoder) {
    return switch (mutation) {
      case NAKED_MARKER_OPENS_TRANSACTION -> new NakedMarkerOpens(decoder);
      case IGNORE_TAKEN -> (command, endOffset) -> decoder.accept(withoutTaken(command), endOffset);
      default -> decoder;
    };
  }

  private static byte[][] withoutTaken(byte[][] command) {
    String text = Text.of(command[command.length - 1]);
    int list = text.indexOf(" p:");
    boolean isOfAgent = command.length > 2 && Text.of(command[1]).equals("__norn");
    if (!isOfAgent || list < 0) {
      return command;
    }
    byte[][] plain = command.clone();
    plain[plain.length - 1] = Text.bytes(text.substring(0, list));
    return plain;
  }

  /** Believes that every marker stands in a transaction. */
  final class NakedMarkerOpens implements CommandFeed {
    private final CommandFeed decoder;
    private boolean isInMulti;

    NakedMarkerOpens(CommandFeed decoder) {
      this.decoder = decoder;
    }

    @Override
    public void accept(byte[][] command, long endOffset) {
      String name = Text.of(command[0]).toUpperCase(Locale.ROOT);
      boolean isMarker = name.equals("HSET") && Text.of(command[1]).equals("__norn:v");
      if (name.equals("MULTI") && isInMulti) {
        return;
      }
      if (isMarker && !isInMulti) {
        decoder.accept(Text.command("MULTI"), endOffset);
        isInMulti = true;
      }
      decoder.accept(command, endOffset);
      isInMulti = (isInMulti || name.equals("MULTI")) && !name.equals("EXEC");
    }
  }
}

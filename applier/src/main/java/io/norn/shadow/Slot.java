package io.norn.shadow;

import io.norn.command.DbKey;
import io.norn.shadow.ReadRequest.Kind;
import io.norn.stream.Taken;
import java.util.ArrayList;
import java.util.List;

/** What is known of one key: its value, or how far reading it has come. */
final class Slot {
  /** More that comes while a value is read makes reading it again cheaper than to remember. */
  private static final int MAX_SINCE = 1_000;

  /** A value that is too large or of another type is tried again after so many commands. */
  private static final int PAUSE_COMMANDS = 256;

  private final DbKey key;
  private final List<Command> since = new ArrayList<>();
  private Kind kind;
  private Shadow shadow;
  private Shadow read;
  private String mark;
  private boolean isMarked;
  private int pause;

  /** One that came behind the place where the value was read. */
  record Command(String name, byte[][] args, long endOffset) {}

  /** Told what commands took. */
  interface Sink {
    void took(long endOffset, Taken taken);
  }

  Slot(DbKey key, Kind kind) {
    this.key = key;
    this.kind = kind;
  }

  DbKey key() {
    return key;
  }

  /** True if the value should be read. */
  boolean isWanted() {
    return shadow == null && mark == null && pause == 0;
  }

  ReadRequest request(String nextMark) {
    mark = nextMark;
    read = null;
    isMarked = false;
    since.clear();
    return new ReadRequest(key, kind, nextMark);
  }

  /** Null while the value is not known. */
  Shadow shadow() {
    return shadow;
  }

  long bytes() {
    return shadow == null ? 0 : shadow.bytes();
  }

  /** The value is known: it is gone, or was replaced. */
  void become(Shadow value) {
    stopReading();
    shadow = value;
    kind = value instanceof ListShadow ? Kind.LIST : Kind.SORTED_SET;
    pause = 0;
  }

  /** Nothing is known any more. */
  void lose() {
    stopReading();
    shadow = null;
  }

  private void stopReading() {
    mark = null;
    read = null;
    since.clear();
  }

  /** The stream shows a command on this key. */
  void take(Kind commandKind, Command command, Sink sink) {
    pause = Math.max(0, pause - 1);
    if (shadow != null) {
      apply(commandKind, command, sink);
    } else if (mark == null) {
      kind = commandKind;
    } else if (isMarked) {
      since.add(command);
      if (since.size() > MAX_SINCE) {
        lose();
      }
    }
  }

  private void apply(Kind commandKind, Command command, Sink sink) {
    if (commandKind != kind && shadow.isEmpty()) {
      kind = commandKind;
      shadow = commandKind.empty();
    }
    Taken taken = commandKind == kind ? shadow.apply(command.name(), command.args()) : null;
    if (taken == null) {
      lose();
    } else if (taken.size() > 0) {
      sink.took(command.endOffset(), taken);
    }
  }

  /** The stream shows where the value was read. */
  void mark(String text, Sink sink) {
    if (text.equals(mark)) {
      isMarked = true;
      finish(sink);
    }
  }

  /**
   * The value was read.
   *
   * @param value null if it cannot be kept
   */
  void read(String readMark, Shadow value, Sink sink) {
    if (!readMark.equals(mark)) {
      return;
    }
    if (value == null) {
      lose();
      pause = PAUSE_COMMANDS;
    } else {
      read = value;
      finish(sink);
    }
  }

  private void finish(Sink sink) {
    if (!isMarked || read == null) {
      return;
    }
    shadow = read;
    List<Command> later = List.copyOf(since);
    stopReading();
    for (Command each : later) {
      if (shadow != null) {
        apply(kind, each, sink);
      }
    }
  }
}

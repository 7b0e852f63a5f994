package io.norn.agent.expiry;

import io.norn.clock.StreamId;
import io.norn.net.Endpoint;
import io.norn.psync.LinkSettings;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.stream.Change;
import io.norn.stream.DecoderState;
import io.norn.stream.StreamDecoder;
import io.norn.stream.StreamItem;
import io.norn.stream.StreamItem.AppliedBatch;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.VersionVector;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a server's stream beside its agent, and decodes it as any node would. */
final class IndependentReader implements Closeable {
  private static final int UNUSED_PORT = 1;
  private static final long ACK_MILLIS = 100;

  private final PsyncSession session;
  private final long start;
  private final CommandFramer framer;
  private final List<Command> commands = new ArrayList<>();
  private final Thread thread = new Thread(this::read, "independent-reader");
  private String stream = "";

  private record Command(byte[][] args, long endOffset) {}

  IndependentReader(Endpoint server) throws IOException {
    session =
        PsyncSession.open(new LinkSettings(server, UNUSED_PORT, Optional.empty(), 5000, 60_000));
    SyncReply.FullResync full =
        (SyncReply.FullResync)
            session.sync(new SyncRequest(Optional.empty(), SyncRequest.Snapshot.EMPTY));
    session.skipSnapshot();
    start = full.at().offset();
    framer = new CommandFramer(start, RespLimits.DEFAULT);
    session.ack(start, start);
    thread.start();
  }

  private void read() {
    byte[] buffer = new byte[1 << 16];
    long ackedAtMillis = 0;
    try {
      for (int length = session.read(buffer); length > 0; length = session.read(buffer)) {
        framer.feed(buffer, 0, length);
        while (framer.next()) {
          take(framer.command(), framer.endOffset());
        }
        if (System.currentTimeMillis() - ackedAtMillis > ACK_MILLIS) {
          ackedAtMillis = System.currentTimeMillis();
          session.ack(framer.endOffset(), framer.endOffset());
        }
      }
    } catch (IOException e) {
      // It was closed, or its server was.
      return;
    }
  }

  /** The name of the stream is in each tick. */
  private synchronized void take(byte[][] args, long endOffset) {
    commands.add(new Command(args, endOffset));
    boolean isTick =
        args.length == 4 && text(args[1]).equals("__norn") && text(args[2]).equals("t");
    if (isTick) {
      stream = text(args[3]).split(" ", -1)[1];
    }
  }

  /** What was handed on so far. */
  synchronized List<StreamItem> items() {
    List<StreamItem> items = new ArrayList<>();
    StreamDecoder decoder =
        new StreamDecoder(
            new StreamId("x", stream), DecoderState.at(start), VersionVector.EMPTY, items::add);
    for (Command command : commands) {
      decoder.accept(command.args(), command.endOffset());
    }
    return items;
  }

  /** Changes handed on so far that name the word, in order; those of batches are marked. */
  List<String> changes(String word) {
    return changes().stream()
        .filter(line -> Arrays.asList(line.split(" ")).contains(word))
        .toList();
  }

  /** All changes handed on so far, in order; those of batches are marked. */
  List<String> changes() {
    List<String> lines = new ArrayList<>();
    for (StreamItem item : items()) {
      if (item instanceof ChangeUnit unit) {
        unit.changes().stream().map(IndependentReader::text).forEach(lines::add);
      } else if (item instanceof AppliedBatch batch) {
        batch.commands().stream().map(change -> "batch: " + text(change)).forEach(lines::add);
      }
    }
    return lines;
  }

  /** All commands of the stream that name the word, as they stand there. */
  synchronized List<String> raw(String word) {
    return commands.stream()
        .map(command -> text(command.args()))
        .filter(line -> Arrays.asList(line.split(" ")).contains(word))
        .toList();
  }

  private static String text(Change change) {
    return text(change.args());
  }

  private static String text(byte[][] args) {
    return Arrays.stream(args).map(IndependentReader::text).collect(Collectors.joining(" "));
  }

  private static String text(byte[] raw) {
    return new String(raw, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    session.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

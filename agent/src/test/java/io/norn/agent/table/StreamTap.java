package io.norn.agent.table;

import io.norn.psync.LinkSettings;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.server.ServerConnection;
import io.norn.stream.Change;
import io.norn.stream.Text;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the stream of a server as a replica would. */
final class StreamTap implements Closeable {
  private static final String CHANNEL = "table-test";
  private static final Set<String> NO_WRITES = Set.of("PING", "REPLCONF", "MULTI", "EXEC");

  private final PsyncSession session;
  private final CommandFramer framer;
  private final byte[] buffer = new byte[1 << 16];
  private int db;
  private int marks;

  private StreamTap(PsyncSession session, long offset) {
    this.session = session;
    this.framer = new CommandFramer(offset, RespLimits.DEFAULT);
  }

  static StreamTap open(ServerProcess server) throws IOException {
    PsyncSession session =
        PsyncSession.open(
            new LinkSettings(server.endpoint(), 17379, Optional.empty(), 5_000, 20_000));
    SyncReply reply = session.sync(new SyncRequest(Optional.empty(), SyncRequest.Snapshot.EMPTY));
    session.skipSnapshot();
    return new StreamTap(session, ((SyncReply.FullResync) reply).at().offset());
  }

  /** All writes that are in the stream now and have not been given yet. */
  List<Change> writes(ServerConnection server) throws IOException {
    String mark = "mark " + ++marks;
    server.require("SPUBLISH", CHANNEL, mark);
    List<Change> writes = new ArrayList<>();
    while (true) {
      byte[][] command = next();
      String name = Text.upperCase(command[0]);
      if (name.equals("SPUBLISH") && Text.latin1(command[2]).equals(mark)) {
        return writes;
      } else if (name.equals("SELECT")) {
        db = Integer.parseInt(Text.latin1(command[1]));
      } else if (!NO_WRITES.contains(name)) {
        writes.add(new Change(db, command, framer.endOffset()));
      }
    }
  }

  private byte[][] next() throws IOException {
    while (!framer.next()) {
      int count = session.read(buffer);
      if (count < 0) {
        throw new IOException("the stream has ended");
      }
      framer.feed(buffer, 0, count);
    }
    return framer.command();
  }

  @Override
  public void close() {
    session.close();
  }
}

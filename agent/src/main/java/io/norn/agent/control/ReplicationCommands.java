package io.norn.agent.control;

import io.norn.agent.control.Command.Flag;
import io.norn.agent.journals.ServedStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code PSYNC}: lets agents of other nodes go on from a journal with a stream whose primary does
 * not hold their position any more. Never a dataset, and never the role of a primary.
 */
final class ReplicationCommands {
  private static final int MAX_FOLLOWERS = 32;

  private final StreamSource source;
  private final AtomicInteger followers = new AtomicInteger();

  ReplicationCommands(StreamSource source) {
    this.source = source;
  }

  List<Command> all() {
    return List.of(
        Command.of("psync", -3, this::psync, Flag.REPLICATION, Flag.NOT_IN_MULTI),
        Command.of("replconf", -1, (session, request, reply) -> reply.ok(), Flag.REPLICATION),
        Command.of("sync", -1, ReplicationCommands::sync, Flag.REPLICATION, Flag.NOT_IN_MULTI));
  }

  private void psync(Session session, Request request, Reply reply) {
    if (request.size() > 3) {
      // By 'PSYNC … FAILOVER' a primary hands over its role.
      throw new CommandException("ERR this agent is no replica that could become a primary");
    }
    if (request.is(1, "?")) {
      throw noDataset();
    }
    long offset = offset(request.text(2)) - 1;
    ServedStream stream = source.find(request.text(1), offset);
    session.follow(follower(stream, offset));
    reply.simple(stream.replid().length() == 40 ? "CONTINUE " + stream.replid() : "CONTINUE");
  }

  private static CommandException noDataset() {
    return new CommandException(
        "ERR an agent holds no dataset: a full sync comes from the server that it stands beside");
  }

  private static long offset(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new CommandException("ERR '" + text + "' is not the number of a byte in a stream");
    }
    return Long.parseLong(text);
  }

  private Follower follower(ServedStream stream, long offset) {
    if (followers.incrementAndGet() > MAX_FOLLOWERS) {
      followers.decrementAndGet();
      throw new CommandException("TRYAGAIN more than " + MAX_FOLLOWERS + " follow this agent");
    }
    try {
      return new Follower(stream, offset, followers::decrementAndGet);
    } catch (IOException e) {
      followers.decrementAndGet();
      throw new CommandException("NOTHELD " + e.getMessage());
    }
  }

  private static void sync(Session session, Request request, Reply reply) {
    throw noDataset();
  }
}

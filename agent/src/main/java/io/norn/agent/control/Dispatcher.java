package io.norn.agent.control;

import io.norn.agent.control.Command.Flag;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds, checks, queues and executes commands. */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** How browsers begin, which can be made to send commands to ports of their own host. */
  private static final Set<String> HTTP = Set.of("post", "host:");

  private final Map<String, Command> commands = new HashMap<>();

  Dispatcher(List<Command> commands) {
    commands.forEach(command -> this.commands.put(command.name(), command));
    List.of(
            Command.of("multi", 1, this::multi, Flag.AT_ONCE),
            Command.of("exec", 1, this::exec, Flag.AT_ONCE),
            Command.of("discard", 1, this::discard, Flag.AT_ONCE),
            Command.of("command", -1, this::command))
        .forEach(command -> this.commands.put(command.name(), command));
  }

  /** Writes one reply, whatever the request is. */
  void dispatch(Session session, Request request, Reply reply) {
    if (HTTP.contains(request.name())) {
      LOG.warn("{} speaks HTTP: closed", session.address());
      session.end(Session.End.WITHOUT_REPLY);
      return;
    }
    int before = reply.size();
    try {
      Command command = checked(session, request);
      if (session.transaction().isPresent() && !command.is(Flag.AT_ONCE)) {
        queue(session, command, request, reply);
      } else {
        execute(command, session, request, reply);
      }
    } catch (CommandException e) {
      session.transaction().ifPresent(Transaction::fail);
      reply.cutTo(before);
      reply.error(e.getMessage());
    }
  }

  private Command checked(Session session, Request request) {
    Command command = commands.get(request.name());
    if (command == null) {
      String name = request.text(0);
      String cut = name.substring(0, Math.min(128, name.length()));
      throw new CommandException("ERR unknown command '" + cut + "'");
    }
    if (!command.fits(request.size())) {
      throw CommandException.arity(command.name());
    }
    checkAccess(session, command);
    if (session.subscriptions() > 0 && !command.is(Flag.SUBSCRIBER)) {
      throw new CommandException(
          "ERR only (P)SUBSCRIBE, (P)UNSUBSCRIBE, PING, QUIT and RESET while subscribed");
    }
    return command;
  }

  private static void checkAccess(Session session, Command command) {
    if (session.access() == Access.NONE && !command.is(Flag.ANYBODY)) {
      throw new CommandException("NOAUTH Authentication required.");
    }
    if (command.is(Flag.ADMIN)) {
      requireAdmin(session, command.name());
    }
    if (command.is(Flag.REPLICATION) && session.access() != Access.REPLICATE) {
      requireAdmin(session, command.name());
    }
  }

  /** For commands of which only some forms change anything. */
  static void requireAdmin(Session session, String command) {
    if (session.access() != Access.ADMIN) {
      throw new CommandException(
          "NOPERM user " + session.user() + " may not use '" + command + "' here");
    }
  }

  private static void queue(Session session, Command command, Request request, Reply reply) {
    if (command.is(Flag.NOT_IN_MULTI)) {
      throw new CommandException("ERR " + command.name() + " is not allowed inside MULTI");
    }
    if (!session.transaction().orElseThrow().add(request)) {
      throw new CommandException("ERR too many commands in one transaction");
    }
    reply.simple("QUEUED");
  }

  /** A failure of the agent's own becomes an error reply, and the connection goes on. */
  private static void execute(Command command, Session session, Request request, Reply reply) {
    int before = reply.size();
    try {
      command.handler().run(session, request, reply);
    } catch (CommandException e) {
      replace(reply, before, e.getMessage());
    } catch (IllegalArgumentException e) {
      replace(reply, before, "ERR " + e.getMessage());
    } catch (UncheckedIOException e) {
      replace(reply, before, "ERR " + e.getCause().getMessage());
    } catch (RuntimeException e) {
      LOG.error("{} of {} failed", command.name(), session.address(), e);
      replace(reply, before, "ERR internal error, see the agent's log: " + e);
    }
  }

  private static void replace(Reply reply, int before, String error) {
    reply.cutTo(before);
    reply.error(error);
  }

  private void multi(Session session, Request request, Reply reply) {
    if (session.transaction().isPresent()) {
      throw new CommandException("ERR MULTI calls can not be nested");
    }
    session.begin();
    reply.ok();
  }

  private void exec(Session session, Request request, Reply reply) {
    Transaction transaction = open(session, "EXEC");
    if (transaction.hasFailed()) {
      session.endTransaction();
      throw new CommandException("EXECABORT Transaction discarded because of previous errors.");
    }
    reply.array(transaction.requests().size());
    for (Request queued : transaction.requests()) {
      execute(commands.get(queued.name()), session, queued, reply);
    }
    session.endTransaction();
  }

  private void discard(Session session, Request request, Reply reply) {
    open(session, "DISCARD");
    session.endTransaction();
    reply.ok();
  }

  private static Transaction open(Session session, String command) {
    return session
        .transaction()
        .orElseThrow(() -> new CommandException("ERR " + command + " without MULTI"));
  }

  /** Clients ask for hints and help; there are none. */
  private void command(Session session, Request request, Reply reply) {
    if (request.size() == 1 || request.is(1, "INFO") || request.is(1, "LIST")) {
      reply.array(0);
    } else if (request.is(1, "COUNT")) {
      reply.integer(commands.size());
    } else if (request.is(1, "DOCS")) {
      reply.map(0);
    } else {
      throw CommandException.subcommand(request);
    }
  }
}

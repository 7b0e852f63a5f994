package io.norn.agent.control;

import io.norn.agent.control.Command.Flag;
import java.util.List;
import java.util.Locale;

/** What a client says about its own connection. */
final class ConnectionCommands {
  private final Clients clients;

  ConnectionCommands(Clients clients) {
    this.clients = clients;
  }

  List<Command> all() {
    return List.of(
        Command.of("ping", -1, ConnectionCommands::ping, Flag.SUBSCRIBER),
        Command.of("echo", 2, (session, request, reply) -> reply.bulk(request.raw(1))),
        Command.of("select", 2, ConnectionCommands::select),
        Command.of("client", -2, this::client),
        Command.of("quit", -1, ConnectionCommands::quit, anyTime()),
        Command.of("reset", 1, ConnectionCommands::reset, anyTime()));
  }

  private static Flag[] anyTime() {
    return new Flag[] {Flag.ANYBODY, Flag.SUBSCRIBER, Flag.AT_ONCE};
  }

  private static void ping(Session session, Request request, Reply reply) {
    if (request.size() > 2) {
      throw CommandException.arity("ping");
    }
    if (session.subscriptions() > 0 && reply.protocol() == 2) {
      reply.array(2);
      reply.bulk("pong");
      reply.bulk(request.size() == 2 ? request.raw(1) : new byte[0]);
    } else if (request.size() == 2) {
      reply.bulk(request.raw(1));
    } else {
      reply.simple("PONG");
    }
  }

  private static void select(Session session, Request request, Reply reply) {
    if (!request.is(1, "0")) {
      throw new CommandException("ERR DB index is out of range, there is only 0");
    }
    reply.ok();
  }

  private static void quit(Session session, Request request, Reply reply) {
    session.end(Session.End.AFTER_REPLY);
    reply.ok();
  }

  private static void reset(Session session, Request request, Reply reply) {
    session.reset();
    reply.protocol(2);
    reply.simple("RESET");
  }

  private void client(Session session, Request request, Reply reply) {
    switch (request.text(1).toUpperCase(Locale.ROOT)) {
      case "ID" -> reply.integer(session.id());
      case "GETNAME" -> name(session, reply);
      case "SETNAME" -> setName(session, request, reply);
      case "LIST" -> reply.bulk(clients.list());
      case "INFO" -> reply.bulk(Clients.line(session));
      // Libraries tell their version, and Sentinel disconnects clients after a failover.
      case "SETINFO", "KILL" -> reply.ok();
      default -> throw CommandException.subcommand(request);
    }
  }

  private static void name(Session session, Reply reply) {
    if (session.name().isEmpty()) {
      reply.nothing();
    } else {
      reply.bulk(session.name());
    }
  }

  private static void setName(Session session, Request request, Reply reply) {
    if (request.size() != 3) {
      throw CommandException.arity("client|setname");
    }
    session.name(checkedName(request.text(2)));
    reply.ok();
  }

  /** Names stand in lists whose fields are divided by spaces. */
  static String checkedName(String name) {
    if (!name.matches("[!-~]*")) {
      throw new CommandException("ERR a client name is made of visible ASCII characters");
    }
    return name;
  }
}

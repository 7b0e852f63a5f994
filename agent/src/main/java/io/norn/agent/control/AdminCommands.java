package io.norn.agent.control;

import io.norn.agent.control.Command.Flag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code CONFIG} and {@code SHUTDOWN}. */
final class AdminCommands {
  private static final Logger LOG = LoggerFactory.getLogger(AdminCommands.class);

  private final AgentControl control;

  AdminCommands(AgentControl control) {
    this.control = control;
  }

  List<Command> all() {
    return List.of(
        Command.of("config", -2, this::config),
        Command.of("shutdown", -1, this::shutdown, Flag.ADMIN, Flag.NOT_IN_MULTI));
  }

  private void config(Session session, Request request, Reply reply) {
    switch (request.text(1).toUpperCase(Locale.ROOT)) {
      case "GET" -> get(session, request, reply);
      case "SET" -> {
        set(session, request);
        reply.ok();
      }
      case "RELOAD" -> {
        Dispatcher.requireAdmin(session, "config|reload");
        control.reloadConfiguration();
        reply.ok();
      }
      case "REWRITE" -> {
        rewrite(session);
        reply.ok();
      }
      default -> throw CommandException.subcommand(request);
    }
  }

  private void get(Session session, Request request, Reply reply) {
    if (request.size() < 3) {
      throw CommandException.arity("config|get");
    }
    Dispatcher.requireAdmin(session, "config|get");
    Map<String, String> found = new LinkedHashMap<>();
    List<String> patterns = request.texts(2);
    control
        .configuration()
        .forEach(
            (name, value) -> {
              if (patterns.stream().anyMatch(pattern -> Glob.matches(pattern, name))) {
                found.put(name, value);
              }
            });
    reply.map(found.size());
    found.forEach(
        (name, value) -> {
          reply.bulk(name);
          reply.bulk(value);
        });
  }

  private void set(Session session, Request request) {
    if (request.size() < 4 || request.size() % 2 != 0) {
      throw CommandException.arity("config|set");
    }
    Dispatcher.requireAdmin(session, "config|set");
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 2; i < request.size(); i += 2) {
      String name = request.text(i).toLowerCase(Locale.ROOT);
      if (values.put(name, request.text(i + 1)) != null) {
        throw new CommandException("ERR '" + name + "' is named twice");
      }
    }
    control.configure(values);
  }

  /** Sentinel asks for it after a failover, in a transaction, and has changed nothing. */
  private void rewrite(Session session) {
    if (!session.isSentinel() && session.transaction().isEmpty()) {
      Dispatcher.requireAdmin(session, "config|rewrite");
      control.rewriteConfiguration();
    }
  }

  /** As in Valkey nothing is answered: the connection ends when the agent stops. */
  private void shutdown(Session session, Request request, Reply reply) {
    boolean hasMode = request.size() == 2 && (request.is(1, "SAVE") || request.is(1, "NOSAVE"));
    if (request.size() > 1 && !hasMode) {
      throw CommandException.syntax();
    }
    LOG.info("SHUTDOWN asked for by {}", session.address());
    session.end(Session.End.WITHOUT_REPLY);
    control.shutdown();
  }
}

package io.norn.agent.control;

import io.norn.agent.part.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows what goes on: {@code INFO}, {@code ROLE}, {@code STATUS}. */
final class StateCommands {
  private final AgentControl control;
  private final InfoText info;

  StateCommands(AgentControl control, InfoText info) {
    this.control = control;
    this.info = info;
  }

  List<Command> all() {
    return List.of(
        Command.of("info", -1, this::info),
        Command.of("role", 1, this::role),
        Command.of("status", 1, this::status));
  }

  private void info(Session session, Request request, Reply reply) {
    Set<String> sections =
        request.texts(1).stream()
            .map(section -> section.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    reply.bulk(info.text(session, sections));
  }

  /** That of a replica, for whoever looks for something to promote. */
  private void role(Session session, Request request, Reply reply) {
    Replication state = Replication.of(control, session);
    reply.array(5);
    reply.bulk("slave");
    reply.bulk(state.host());
    reply.integer(state.port());
    reply.bulk(state.isUp() ? "connected" : "connect");
    reply.integer(0);
  }

  private void status(Session session, Request request, Reply reply) {
    reply.bulk(Json.of(control.status()));
  }
}

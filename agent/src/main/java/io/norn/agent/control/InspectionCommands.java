package io.norn.agent.control;

import io.norn.agent.conflict.Conflict;
import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.control.Command.Flag;
import io.norn.agent.doctor.Finding;
import io.norn.agent.journals.JournalView;
import io.norn.agent.journals.TailCommand;
import io.norn.agent.part.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code JOURNAL}, {@code CONFLICTS}, {@code DOCTOR}, {@code VERIFY}: looks into the agent. */
final class InspectionCommands {
  private static final int MAX_COUNT = 10_000;

  private final Inspection inspection;

  InspectionCommands(Inspection inspection) {
    this.inspection = inspection;
  }

  List<Command> all() {
    return List.of(
        Command.of("journal", -2, this::journal),
        Command.of("conflicts", -1, this::conflicts, Flag.ADMIN),
        Command.of("verify", -2, this::verify, Flag.ADMIN),
        Command.of("doctor", 1, this::doctor, Flag.ADMIN, Flag.NOT_IN_MULTI));
  }

  private void journal(Session session, Request request, Reply reply) {
    switch (request.text(1).toUpperCase(Locale.ROOT)) {
      case "LIST" -> {
        List<JournalView> journals = inspection.journals();
        reply.array(journals.size());
        journals.forEach(journal -> reply.bulk(journal.name()));
      }
      case "STAT" ->
          reply.bulk(Json.of(inspection.journals().stream().map(JournalView::fields).toList()));
      case "TAIL" -> {
        Dispatcher.requireAdmin(session, "journal|tail");
        tail(request, reply);
      }
      default -> throw CommandException.subcommand(request);
    }
  }

  private void tail(Request request, Reply reply) {
    if (request.size() < 3 || request.size() > 4) {
      throw CommandException.arity("journal|tail");
    }
    int count = request.size() == 4 ? count(request.text(3)) : 10;
    try {
      List<TailCommand> commands = journal(request.text(2)).tail(count);
      reply.array(commands.size());
      commands.forEach(command -> reply.bulk(command.endOffset() + " " + command.text()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JournalView journal(String name) {
    return inspection.journals().stream()
        .filter(journal -> journal.name().equals(name) || journal.node().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "ERR there is no journal '" + name + "': JOURNAL LIST shows those there are"));
  }

  private static int count(String text) {
    int count = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    if (count < 1 || count > MAX_COUNT) {
      throw new CommandException("ERR '" + text + "' is no number from 1 to " + MAX_COUNT);
    }
    return count;
  }

  private void conflicts(Session session, Request request, Reply reply) {
    if (request.size() > 2) {
      throw CommandException.arity("conflicts");
    }
    ConflictLog log = inspection.conflicts();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("counters", log.counters());
    int count = request.size() == 2 ? count(request.text(1)) : 100;
    answer.put("latest", log.latest(count).stream().map(Conflict::fields).toList());
    reply.bulk(Json.of(answer));
  }

  private void verify(Session session, Request request, Reply reply) {
    switch (request.text(1).toUpperCase(Locale.ROOT)) {
      case "START" -> {
        if (!inspection.verifier().start(repairFrom(request))) {
          throw new CommandException("ERR a comparison runs already: VERIFY STATUS shows it");
        }
        reply.ok();
      }
      case "STATUS" -> {
        int from = request.size() > 2 ? count(request.text(2)) - 1 : 0;
        reply.bulk(Json.of(inspection.verifier().fields(from)));
      }
      case "STOP" -> {
        inspection.verifier().stop();
        reply.ok();
      }
      default -> throw CommandException.subcommand(request);
    }
  }

  private static Optional<String> repairFrom(Request request) {
    if (request.size() == 2) {
      return Optional.empty();
    }
    if (request.size() != 4 || !request.is(2, "REPAIR")) {
      throw CommandException.syntax();
    }
    return Optional.of(request.text(3));
  }

  private void doctor(Session session, Request request, Reply reply) {
    reply.bulk(Json.of(inspection.examine().stream().map(Finding::fields).toList()));
  }
}

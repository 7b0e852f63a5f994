package io.norn.agent.control;

import io.norn.agent.control.Command.Flag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Subscriptions, which Sentinel wants to have. Nothing is ever published here. */
final class PubSubCommands {
  private static final int MAX_SUBSCRIPTIONS = 1_024;

  private PubSubCommands() {}

  static List<Command> all() {
    return List.of(
        subscribe("subscribe", Session::channels),
        subscribe("psubscribe", Session::patterns),
        unsubscribe("unsubscribe", Session::channels),
        unsubscribe("punsubscribe", Session::patterns),
        Command.of("publish", 3, (session, request, reply) -> reply.integer(0)));
  }

  private static Command subscribe(String name, Function<Session, Set<String>> which) {
    return Command.of(
        name,
        -2,
        (session, request, reply) -> {
          if (session.subscriptions() + request.size() > MAX_SUBSCRIPTIONS) {
            throw new CommandException("ERR too many subscriptions");
          }
          for (String channel : request.texts(1)) {
            which.apply(session).add(channel);
            confirm(name, channel.getBytes(StandardCharsets.UTF_8), session, reply);
          }
        },
        Flag.SUBSCRIBER,
        Flag.NOT_IN_MULTI);
  }

  private static Command unsubscribe(String name, Function<Session, Set<String>> which) {
    return Command.of(
        name,
        -1,
        (session, request, reply) -> {
          Set<String> subscribed = which.apply(session);
          List<String> channels = request.size() > 1 ? request.texts(1) : List.copyOf(subscribed);
          for (String channel : channels) {
            subscribed.remove(channel);
            confirm(name, channel.getBytes(StandardCharsets.UTF_8), session, reply);
          }
          if (channels.isEmpty()) {
            confirm(name, null, session, reply);
          }
        },
        Flag.SUBSCRIBER,
        Flag.NOT_IN_MULTI);
  }

  private static void confirm(String name, byte[] channel, Session session, Reply reply) {
    reply.push(3);
    reply.bulk(name);
    if (channel == null) {
      reply.nothing();
    } else {
      reply.bulk(channel);
    }
    reply.integer(session.subscriptions());
  }
}

package io.norn.agent.control;

import io.norn.agent.control.Command.Flag;
import io.norn.net.Credentials;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code AUTH}, and {@code HELLO}, which may authenticate as well. */
final class AuthCommands {
  private final Authenticator authenticator;
  private final Counters counters;

  AuthCommands(Authenticator authenticator, Counters counters) {
    this.authenticator = authenticator;
    this.counters = counters;
  }

  List<Command> all() {
    return List.of(
        Command.of("auth", -2, this::auth, Flag.ANYBODY, Flag.NOT_IN_MULTI),
        Command.of("hello", -1, this::hello, Flag.ANYBODY, Flag.NOT_IN_MULTI));
  }

  private void auth(Session session, Request request, Reply reply) {
    if (request.size() > 3) {
      throw CommandException.syntax();
    }
    boolean hasUser = request.size() == 3;
    String user = hasUser ? request.text(1) : "";
    authenticate(session, new Credentials(user, request.text(hasUser ? 2 : 1)));
    reply.ok();
  }

  private void authenticate(Session session, Credentials credentials) {
    if (authenticator.withoutPassword() == Access.ADMIN) {
      throw new CommandException(
          "ERR AUTH is not needed: neither requirepass nor local-auth is configured here");
    }
    Access access = check(credentials);
    if (access == Access.NONE) {
      counters.authFailed();
      throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
    }
    session.authenticated(credentials.user(), access);
  }

  private Access check(Credentials credentials) {
    try {
      return authenticator.check(credentials);
    } catch (IOException e) {
      throw new CommandException(
          "ERR the password cannot be checked at the local server now: " + e.getMessage());
    }
  }

  private void hello(Session session, Request request, Reply reply) {
    int version = request.size() > 1 ? version(request) : reply.protocol();
    HelloOptions options = HelloOptions.parse(request);
    options.credentials().ifPresent(credentials -> authenticate(session, credentials));
    if (session.access() == Access.NONE) {
      throw new CommandException(
          "NOAUTH HELLO needs AUTH here: HELLO " + version + " AUTH user pw");
    }
    options.name().ifPresent(session::name);
    reply.protocol(version);
    describe(session, reply);
  }

  private static int version(Request request) {
    if (!request.is(1, "2") && !request.is(1, "3")) {
      throw new CommandException("NOPROTO unsupported protocol version");
    }
    return Integer.parseInt(request.text(1));
  }

  private static void describe(Session session, Reply reply) {
    reply.map(7);
    pair(reply, "server", "norn");
    pair(reply, "version", InfoText.nornVersion());
    reply.bulk("proto");
    reply.integer(reply.protocol());
    reply.bulk("id");
    reply.integer(session.id());
    pair(reply, "mode", "standalone");
    pair(reply, "role", "replica");
    reply.bulk("modules");
    reply.array(0);
  }

  private static void pair(Reply reply, String key, String value) {
    reply.bulk(key);
    reply.bulk(value);
  }

  /**
   * What may follow the version.
   *
   * @param credentials of {@code AUTH user password}
   * @param name of {@code SETNAME name}
   */
  private record HelloOptions(Optional<Credentials> credentials, Optional<String> name) {

    static HelloOptions parse(Request request) {
      HelloOptions options = new HelloOptions(Optional.empty(), Optional.empty());
      int next = 2;
      while (next < request.size()) {
        int left = request.size() - next;
        if (request.is(next, "AUTH") && left > 2) {
          options = options.with(new Credentials(request.text(next + 1), request.text(next + 2)));
          next += 3;
        } else if (request.is(next, "SETNAME") && left > 1) {
          options = options.with(ConnectionCommands.checkedName(request.text(next + 1)));
          next += 2;
        } else {
          throw new CommandException("ERR syntax error in HELLO option");
        }
      }
      return options;
    }

    private HelloOptions with(Credentials shown) {
      return new HelloOptions(Optional.of(shown), name);
    }

    private HelloOptions with(String newName) {
      return new HelloOptions(credentials, Optional.of(newName));
    }
  }
}

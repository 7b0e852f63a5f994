package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A client's connection: its database, its transaction and what it watches. */
public final class ModelConnection {
  private static final Set<String> NEVER_QUEUED = Set.of("MULTI", "EXEC", "DISCARD", "WATCH");

  private final ModelServer server;
  private final Watches watches;
  private final List<String[]> queue = new ArrayList<>();
  private int database;
  private boolean isInMulti;
  private boolean isAborted;

  ModelConnection(ModelServer server) {
    this.server = server;
    this.watches = new Watches(server);
    server.register(watches);
  }

  /**
   * Runs one command; the reply is bytes, a status string, a long, a list, null or an {@link
   * ErrorReply}.
   */
  public Object execute(byte[]... command) {
    return execute(Text.words(command));
  }

  /** Runs one command given in words. */
  public Object execute(String... words) {
    String name = words[0].toUpperCase(Locale.ROOT);
    return NEVER_QUEUED.contains(name) ? control(name, words) : queueOrRun(words);
  }

  /** Runs commands as a script does: atomically, its effects together; stops at the first error. */
  public Object script(List<String[]> commands) {
    List<Effect> unit = new ArrayList<>();
    int selected = database;
    Object reply = null;
    for (String[] words : commands) {
      reply = run(words, unit);
      if (reply instanceof ErrorReply) {
        break;
      }
    }
    database = selected;
    server.propagate(unit);
    return reply;
  }

  /** The client goes away; whatever it had queued is dropped. */
  public void close() {
    discard();
    server.unregister(watches);
  }

  int database() {
    return database;
  }

  void select(int number) {
    database = number;
  }

  void unwatch() {
    watches.clear();
  }

  private Object control(String name, String[] words) {
    return switch (name) {
      case "MULTI" -> multi();
      case "EXEC" -> isInMulti ? exec() : new ErrorReply("ERR EXEC without MULTI");
      case "DISCARD" -> isInMulti ? discard() : new ErrorReply("ERR DISCARD without MULTI");
      default -> watch(words);
    };
  }

  private Object multi() {
    if (isInMulti) {
      return new ErrorReply("ERR MULTI calls can not be nested");
    }
    isInMulti = true;
    return "OK";
  }

  private Object watch(String[] words) {
    if (isInMulti) {
      return new ErrorReply("ERR WATCH inside MULTI is not allowed");
    }
    if (words.length < 2) {
      return wrongArity("watch");
    }
    for (int i = 1; i < words.length; i++) {
      watches.add(database, words[i]);
    }
    return "OK";
  }

  private String discard() {
    queue.clear();
    isInMulti = false;
    isAborted = false;
    watches.clear();
    return "OK";
  }

  private Object exec() {
    boolean isStale = watches.isTouched();
    List<String[]> commands = List.copyOf(queue);
    boolean wasAborted = isAborted;
    discard();
    if (wasAborted) {
      return new ErrorReply("EXECABORT Transaction discarded because of previous errors.");
    }
    return isStale ? null : execute(commands);
  }

  private Object execute(List<String[]> commands) {
    List<Effect> unit = new ArrayList<>();
    List<Object> replies = new ArrayList<>();
    for (String[] words : commands) {
      replies.add(run(words, unit));
    }
    server.propagate(unit);
    return replies;
  }

  private Object queueOrRun(String[] words) {
    ErrorReply refusal = refusal(words);
    if (refusal != null) {
      isAborted |= isInMulti;
      return refusal;
    }
    if (isInMulti) {
      queue.add(words);
      return "QUEUED";
    }
    List<Effect> unit = new ArrayList<>();
    Object reply = run(words, unit);
    server.propagate(unit);
    return reply;
  }

  private static ErrorReply refusal(String[] words) {
    Command command = CommandTable.find(words[0]);
    if (command == null) {
      return new ErrorReply("ERR unknown command '" + words[0] + "'");
    }
    return command.accepts(words.length) ? null : wrongArity(words[0]);
  }

  private static ErrorReply wrongArity(String name) {
    return new ErrorReply("ERR wrong number of arguments for '" + name + "' command");
  }

  private Object run(String[] words, List<Effect> unit) {
    Call call = new Call(server, this, unit, words);
    try {
      Object reply = CommandTable.find(words[0]).body().run(call);
      call.finish();
      return reply;
    } catch (CommandFailure e) {
      return new ErrorReply(e.getMessage());
    }
  }
}

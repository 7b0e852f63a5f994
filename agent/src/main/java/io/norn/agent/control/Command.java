package io.norn.agent.control;

import java.util.Set;

/**
 * One command of the control port.
 *
 * @param name lower case
 * @param arity number of words, with the name; negative for at least that many, as in Valkey
 * @param flags what is special about it
 * @param handler what it does
 */
record Command(String name, int arity, Set<Flag> flags, Handler handler) {

  /** What is special about a command. */
  enum Flag {
    /** May be used without having authenticated. */
    ANYBODY,
    /** Needs {@link Access#ADMIN}. */
    ADMIN,
    /** Needs {@link Access#REPLICATE}. */
    REPLICATION,
    /** May be used by a RESP2 connection that has subscribed. */
    SUBSCRIBER,
    /** Is executed at once inside {@code MULTI}. */
    AT_ONCE,
    /** Is refused inside {@code MULTI}. */
    NOT_IN_MULTI
  }

  /** Executes a command: writes one reply, or throws before it has written anything. */
  interface Handler {
    void run(Session session, Request request, Reply reply);
  }

  static Command of(String name, int arity, Handler handler, Flag... flags) {
    return new Command(name, arity, Set.of(flags), handler);
  }

  boolean is(Flag flag) {
    return flags.contains(flag);
  }

  boolean fits(int words) {
    return arity >= 0 ? words == arity : words >= -arity;
  }
}

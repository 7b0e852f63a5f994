package io.norn.agent.control;

/** What a client may do. */
public enum Access {
  /** Nothing: it has to authenticate first. */
  NONE,
  /** Look at everything, change nothing. */
  OBSERVE,
  /** Change peers, read the configuration, stop the agent. */
  ADMIN
}

package io.norn.agent.link;

import io.norn.agent.part.LinkState;
import java.io.IOException;

/** Nothing is wrong, but the link cannot go on yet. */
final class WaitingException extends IOException {
  private static final long serialVersionUID = 1L;

  private final LinkState state;

  WaitingException(LinkState state, String message) {
    super(message);
    this.state = state;
  }

  LinkState state() {
    return state;
  }
}

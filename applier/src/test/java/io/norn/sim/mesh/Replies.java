package io.norn.sim.mesh;

import io.norn.server.ServerError;
import io.norn.sim.model.ErrorReply;
import java.util.ArrayList;
import java.util.List;

/** Replies of the model in the form in which the agent's connections answer. */
final class Replies {
  private Replies() {}

  static List<Object> of(List<?> replies) {
    List<Object> converted = new ArrayList<>(replies.size());
    for (Object reply : replies) {
      converted.add(one(reply));
    }
    return converted;
  }

  private static Object one(Object reply) {
    if (reply instanceof ErrorReply error) {
      return new ServerError(error.message());
    }
    return reply instanceof List<?> list ? of(list) : reply;
  }
}

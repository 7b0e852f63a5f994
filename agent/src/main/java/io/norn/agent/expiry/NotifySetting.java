package io.norn.agent.expiry;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and completes a server's {@code notify-keyspace-events}. */
final class NotifySetting {
  private static final Logger LOG = LoggerFactory.getLogger(NotifySetting.class);
  private static final String NAME = "notify-keyspace-events";

  private NotifySetting() {}

  /**
   * What became of it.
   *
   * @param reason what is missing, in one line; empty for nothing
   * @param someEvents true if at least some of the events are sent, as far as known
   */
  record Result(String reason, boolean someEvents) {}

  /**
   * Adds to the setting what it lacks, if the server lets us. Letters that are there stay: others
   * want them.
   */
  static Result ensure(ServerConnection server) throws IOException {
    Object reply = server.call("CONFIG", "GET", NAME);
    if (!(reply instanceof List<?> pair) || pair.size() != 2) {
      return new Result(NAME + " cannot be read: " + answer(reply), true);
    }
    String value = ServerConnection.text(pair.get(1));
    String missing = NotifyFlags.missing(value);
    if (missing.isEmpty()) {
      return new Result("", true);
    }
    String completed = NotifyFlags.completed(value);
    Object answer = server.call("CONFIG", "SET", NAME, completed);
    if (answer instanceof ServerError error) {
      String reason =
          NAME + " is '" + value + "' and cannot be set to '" + completed + "': " + answer(error);
      boolean some = !missing.contains("E") && missing.length() == 1;
      return new Result(reason, some);
    }
    LOG.info("{}: {} was '{}' and is '{}' now", server.endpoint(), NAME, value, completed);
    return new Result("", true);
  }

  private static String answer(Object reply) {
    return reply instanceof ServerError error ? error.message() : "unexpected answer " + reply;
  }
}

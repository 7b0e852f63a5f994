package io.norn.agent.expiry;

import io.norn.server.Subscription;
import io.norn.stream.DeleteCause;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's word that it removed something by itself.
 *
 * @param db database of the key
 * @param key the key, also when only fields of it are gone
 * @param cause why
 */
record ServerEvent(int db, byte[] key, DeleteCause cause) {
  /** Events and what they mean. */
  static final Map<String, DeleteCause> CAUSES =
      Map.of(
          "expired", DeleteCause.EXPIRED,
          "evicted", DeleteCause.EVICTED,
          "hexpired", DeleteCause.FIELD_EXPIRED);

  private static final Pattern CHANNEL = Pattern.compile("__keyevent@(\\d{1,9})__:([a-z]+)");

  /** The channel of an event in one database, or in all with {@code *}. */
  static String channel(String db, String event) {
    return "__keyevent@" + db + "__:" + event;
  }

  /** Empty if the message is about something else. */
  static Optional<ServerEvent> of(List<?> message) {
    int channelAt =
        switch (Subscription.text(message, 0)) {
          case "message" -> 1;
          case "pmessage" -> 2;
          default -> message.size();
        };
    Matcher channel = CHANNEL.matcher(Subscription.text(message, channelAt));
    if (channelAt + 1 >= message.size() || !channel.matches()) {
      return Optional.empty();
    }
    DeleteCause cause = CAUSES.get(channel.group(2));
    Object key = message.get(channelAt + 1);
    byte[] raw =
        key instanceof byte[] bytes ? bytes : key.toString().getBytes(StandardCharsets.UTF_8);
    return cause == null
        ? Optional.empty()
        : Optional.of(new ServerEvent(Integer.parseInt(channel.group(1)), raw, cause));
  }
}

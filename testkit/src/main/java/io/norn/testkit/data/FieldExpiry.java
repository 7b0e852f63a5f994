package io.norn.testkit.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The expiry times of single fields, which hashes have since Valkey 9. */
final class FieldExpiry {
  private static final String COMMAND = "HPEXPIRETIME";

  private final ServerConnection connection;
  private final boolean supported;

  FieldExpiry(ServerConnection connection) throws IOException {
    this.connection = connection;
    this.supported =
        connection.call("COMMAND", "INFO", COMMAND) instanceof List<?> commands
            && commands.get(0) instanceof List<?> command
            && !command.isEmpty();
  }

  /** Whether hashes of this server have to be asked. */
  boolean isSupported() {
    return supported;
  }

  /** Asks; the reply is for {@link #addTo}. */
  void send(byte[] key, List<Element> fields) throws IOException {
    List<byte[]> command = new ArrayList<>();
    command.add(COMMAND.getBytes(US_ASCII));
    command.add(key);
    command.add("FIELDS".getBytes(US_ASCII));
    command.add(Integer.toString(fields.size()).getBytes(US_ASCII));
    fields.forEach(field -> command.add(field.name()));
    connection.send(command.toArray(new byte[0][]));
  }

  /** The fields with their expiry times; an error or a field that is gone counts as no expiry. */
  static List<Element> addTo(List<Element> fields, Object reply) {
    if (!(reply instanceof List<?> times) || times.size() != fields.size()) {
      return fields;
    }
    List<Element> result = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      long millis = (Long) times.get(i);
      result.add(millis < 0 ? fields.get(i) : fields.get(i).expiringAt(millis));
    }
    return result;
  }
}

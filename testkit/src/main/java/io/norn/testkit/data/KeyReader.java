package io.norn.testkit.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads some keys of the selected database in a few pipelines: headers, values, field expiry. */
final class KeyReader {
  private static final byte[] TYPE = "TYPE".getBytes(US_ASCII);
  private static final byte[] PEXPIRETIME = "PEXPIRETIME".getBytes(US_ASCII);

  private final ServerConnection connection;
  private final FieldExpiry fieldExpiry;

  KeyReader(ServerConnection connection) throws IOException {
    this.connection = connection;
    this.fieldExpiry = new FieldExpiry(connection);
  }

  /**
   * Entries of those keys that are there. Keys that changed between the looks at them are left out
   * and added to {@code changed}.
   */
  Map<KeyName, Entry> read(List<KeyName> keys, List<KeyName> changed) throws IOException {
    Map<KeyName, Entry> headers = headers(keys);
    for (Map.Entry<KeyName, Entry> header : headers.entrySet()) {
      ValueType.of(header.getValue().type()).send(connection, header.getKey().name());
    }
    Map<KeyName, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<KeyName, Entry> header : headers.entrySet()) {
      List<Element> elements = elements(ValueType.of(header.getValue().type()));
      if (elements.isEmpty()) {
        changed.add(header.getKey());
      } else {
        entries.put(header.getKey(), header.getValue().with(elements));
      }
    }
    if (fieldExpiry.isSupported()) {
      addFieldExpiry(entries);
    }
    return entries;
  }

  private Map<KeyName, Entry> headers(List<KeyName> keys) throws IOException {
    for (KeyName key : keys) {
      connection.send(TYPE, key.name());
      connection.send(PEXPIRETIME, key.name());
    }
    Map<KeyName, Entry> headers = new LinkedHashMap<>();
    for (KeyName key : keys) {
      String type = ServerConnection.text(required(connection.receive()));
      long expireAtMillis = (Long) required(connection.receive());
      if (!type.equals("none") && expireAtMillis >= Element.NEVER) {
        headers.put(key, new Entry(type, List.of(), expireAtMillis));
      }
    }
    return headers;
  }

  /** Empty when the key is gone, or is of another type by now. */
  private List<Element> elements(ValueType type) throws IOException {
    List<Object> replies = connection.receive(type.replyCount());
    for (Object reply : replies) {
      if (reply instanceof ServerError error && meansChanged(error)) {
        return List.of();
      }
      required(reply);
    }
    return type.elements(replies);
  }

  private void addFieldExpiry(Map<KeyName, Entry> entries) throws IOException {
    List<Map.Entry<KeyName, Entry>> hashes = new ArrayList<>(entries.entrySet());
    hashes.removeIf(entry -> !entry.getValue().type().equals("hash"));
    for (Map.Entry<KeyName, Entry> hash : hashes) {
      fieldExpiry.send(hash.getKey().name(), hash.getValue().elements());
    }
    for (Map.Entry<KeyName, Entry> hash : hashes) {
      List<Element> fields = hash.getValue().elements();
      hash.setValue(hash.getValue().with(FieldExpiry.addTo(fields, connection.receive())));
    }
  }

  private static boolean meansChanged(ServerError error) {
    return error.code().equals("WRONGTYPE") || error.message().contains("no such key");
  }

  private Object required(Object reply) throws IOException {
    if (reply instanceof ServerError error) {
      throw new IOException(connection.endpoint() + ": " + error.message());
    }
    return reply;
  }
}

package io.norn.agent.control;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** The connections there are, no more than a limit. Used by many threads. */
final class Clients {
  private final IntSupplier max;
  private final Map<Long, ClientConnection> open = new ConcurrentHashMap<>();
  private boolean closed;

  Clients(IntSupplier max) {
    this.max = max;
  }

  /** False if there is no room, or the server is being closed. */
  synchronized boolean add(ClientConnection connection) {
    if (closed || open.size() >= max.getAsInt()) {
      return false;
    }
    open.put(connection.session().id(), connection);
    return true;
  }

  void remove(ClientConnection connection) {
    open.remove(connection.session().id());
  }

  int max() {
    return max.getAsInt();
  }

  int size() {
    return open.size();
  }

  /** Cuts off those that have been idle, or have not taken their replies, for too long. */
  void closeOverdue(long nowNanos) {
    open.values().stream()
        .filter(client -> client.isOverdue(nowNanos))
        .forEach(ClientConnection::close);
  }

  /** Closes all, and lets no new one in. */
  List<ClientConnection> closeAll() {
    synchronized (this) {
      closed = true;
    }
    List<ClientConnection> all = List.copyOf(open.values());
    all.forEach(ClientConnection::close);
    return all;
  }

  /** As {@code CLIENT LIST}. */
  String list() {
    return open.values().stream()
        .map(client -> line(client.session()))
        .sorted()
        .collect(Collectors.joining());
  }

  static String line(Session session) {
    return "id=" + session.id() + " addr=" + session.address() + " name=" + session.name() + "\n";
  }
}

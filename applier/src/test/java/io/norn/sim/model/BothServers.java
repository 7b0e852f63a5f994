package io.norn.sim.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The model and a real server side by side: everything is sent to both, and every reply compared.
 */
final class BothServers {
  private final ModelServer model;
  private final List<ModelConnection> modelConnections = new ArrayList<>();
  private final List<ServerConnection> realConnections = new ArrayList<>();
  private final List<String> history = new ArrayList<>();

  BothServers(ModelServer model, ServerProcess real, int connections) throws IOException {
    this.model = model;
    for (int i = 0; i < connections; i++) {
      modelConnections.add(model.connect());
      realConnections.add(real.connect());
    }
  }

  /** Prepares the real server. */
  void sendRealOnly(String... command) throws IOException {
    realConnections.get(0).require(command);
  }

  void close() {
    modelConnections.forEach(ModelConnection::close);
    realConnections.forEach(ServerConnection::close);
  }

  /** Sends one command to both and compares the replies. */
  Object send(int connection, String... command) throws IOException {
    model.setNowMillis(System.currentTimeMillis());
    Object expected = realConnections.get(connection).call(Text.command(command));
    Object actual = modelConnections.get(connection).execute(command);
    compare(connection, command, expected, actual);
    return actual;
  }

  /** Runs a script on both; commands must succeed. */
  void script(int connection, List<String[]> commands) throws IOException {
    model.setNowMillis(System.currentTimeMillis());
    StringBuilder lua = new StringBuilder();
    for (String[] command : commands) {
      lua.append("redis.call('").append(String.join("','", command)).append("') ");
    }
    realConnections.get(connection).call("EVAL", lua.toString(), "0");
    modelConnections.get(connection).script(commands);
    history.add(connection + ": EVAL " + lua);
  }

  /** Copies a key through DUMP and RESTORE, on each side with its own payload. */
  void copy(int connection, String from, String to, String... options) throws IOException {
    model.setNowMillis(System.currentTimeMillis());
    byte[] real = (byte[]) realConnections.get(connection).call(Text.command("DUMP", from));
    byte[] modelled = (byte[]) modelConnections.get(connection).execute("DUMP", from);
    assertThat(modelled == null).isEqualTo(real == null);
    if (real == null) {
      return;
    }
    String[] words = restore(to, real, options);
    Object expected = realConnections.get(connection).call(Text.command(words));
    Object actual =
        modelConnections.get(connection).execute(Text.command(restore(to, modelled, options)));
    compare(connection, words, expected, actual);
  }

  /** All data as replies to reads, compared key by key. */
  void compareData(int databases) throws IOException {
    for (int database = 0; database < databases; database++) {
      send(0, "SELECT", Integer.toString(database));
      for (String key : RandomProgram.keys()) {
        send(0, "EXISTS", key);
      }
      List<?> page = (List<?>) send(0, "SCAN", "0", "COUNT", "10000");
      for (Object key : (List<?>) page.get(1)) {
        compareKey(Text.of((byte[]) key));
      }
    }
  }

  private void compareKey(String key) throws IOException {
    send(0, "PEXPIRETIME", key);
    switch (send(0, "TYPE", key).toString()) {
      case "string" -> send(0, "GET", key);
      case "hash" -> compareHash(key);
      case "set" -> send(0, "SMEMBERS", key);
      case "zset" -> send(0, "ZRANGE", key, "0", "-1", "WITHSCORES");
      default -> send(0, "LRANGE", key, "0", "-1");
    }
  }

  private void compareHash(String key) throws IOException {
    List<?> all = (List<?>) modelConnections.get(0).execute("HGETALL", key);
    send(0, "HLEN", key);
    for (int i = 0; i < all.size(); i += 2) {
      send(0, "HGET", key, Text.of((byte[]) all.get(i)));
    }
  }

  private static String[] restore(String key, byte[] payload, String... options) {
    List<String> words = new ArrayList<>(List.of("RESTORE", key, options[0], Text.of(payload)));
    words.addAll(List.of(options).subList(1, options.length));
    return words.toArray(String[]::new);
  }

  private void compare(int connection, String[] command, Object expected, Object actual) {
    String line = connection + ": " + String.join(" ", command);
    String real = Replies.text(command, real(expected));
    String modelled = Replies.text(command, actual);
    history.add(line + " -> " + real);
    assertThat(Replies.same(real, modelled))
        .as("%s%nreal server: %s%nmodel:       %s%nafter %s", line, real, modelled, tail())
        .isTrue();
  }

  private List<String> tail() {
    return history.subList(Math.max(0, history.size() - 60), history.size());
  }

  private static Object real(Object reply) {
    if (reply instanceof List<?> list) {
      return list.stream().map(BothServers::real).toList();
    }
    return reply instanceof io.norn.server.ServerError error
        ? new ErrorReply(error.message())
        : reply;
  }
}

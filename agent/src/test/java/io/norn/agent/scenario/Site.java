package io.norn.agent.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.norn.agent.AgentDaemon;
import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.ConfigException;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One node: a server, its agent, a client that writes, and one that looks. */
final class Site implements Closeable {
  private static final long STAMP_LIMIT_MILLIS = 5_000;

  private final ServerProcess server;
  private final AgentDaemon agent;
  private final ServerConnection client;
  private final ServerConnection reader;
  private int clientDb;
  private int readerDb;
  private boolean inTransaction;
  private long lastWrite;

  Site(ServerProcess server, List<String> agentArguments) throws IOException {
    this.server = server;
    this.agent = AgentDaemon.start(config(agentArguments));
    this.client = server.connect();
    this.reader = server.connect();
  }

  private static AgentConfig config(List<String> arguments) throws IOException {
    try {
      return AgentConfig.load(arguments);
    } catch (ConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Runs a command as a client. Returns when the agent has stamped it, so that what anybody writes
   * from then on has a later stamp.
   */
  Object run(Step.Command command) throws IOException {
    if (command.db() != clientDb) {
      client.call("SELECT", Integer.toString(command.db()));
      clientDb = command.db();
    }
    boolean executes = inTransaction && command.is("EXEC");
    inTransaction = command.is("MULTI") || (inTransaction && !endsTransaction(command));
    if (inTransaction || command.is("DISCARD")) {
      // Nothing of a transaction is in the stream before it is executed.
      return ReplyText.of(client.call(raw(command)));
    }
    return executes ? execute(command) : runAlone(command);
  }

  /**
   * Between two looks at the stream in the same write, so that nothing of anybody comes between.
   */
  private Object runAlone(Step.Command command) throws IOException {
    client.send("INFO", "replication");
    client.send(raw(command));
    client.send("INFO", "replication");
    List<Object> replies = client.receive(3);
    stamped(Offsets.end(replies.get(0)), Offsets.end(replies.get(2)));
    return ReplyText.of(replies.get(1));
  }

  /** A look at the stream right before would become part of the transaction. */
  private Object execute(Step.Command exec) throws IOException {
    long before = Offsets.end(reader);
    client.send(raw(exec));
    client.send("INFO", "replication");
    List<Object> replies = client.receive(2);
    stamped(before, Offsets.end(replies.get(1)));
    return ReplyText.of(replies.get(0));
  }

  private static boolean endsTransaction(Step.Command command) {
    return command.is("EXEC") || command.is("DISCARD");
  }

  /** Reads, in a connection that is never inside a transaction. */
  Object read(Step.Command command) throws IOException {
    if (command.db() != readerDb) {
      reader.require("SELECT", Integer.toString(command.db()));
      readerDb = command.db();
    }
    return ReplyText.of(reader.call(raw(command)));
  }

  private static byte[][] raw(Step.Command command) {
    return command.words().stream().map(word -> word.getBytes(ISO_8859_1)).toArray(byte[][]::new);
  }

  /** Nothing is waited for if the command wrote nothing. */
  private void stamped(long before, long after) throws IOException {
    if (after == before) {
      return;
    }
    Pause.until(
        () -> processed() >= after,
        STAMP_LIMIT_MILLIS,
        () -> "the agent of " + server + " has not stamped what was written up to " + after);
    lastWrite = after;
    Pause.untilNextMillisecond();
  }

  /** Up to where the agent has taken in and stamped its own stream. */
  private long processed() {
    return Long.parseLong(agent.status().get("Local").getOrDefault("offset", "-1"));
  }

  /** End of the last thing that a client of the scenario wrote, as an offset in the stream. */
  long lastWrite() {
    return lastWrite;
  }

  /** End of the stream now. */
  long streamEnd() throws IOException {
    return Offsets.end(reader);
  }

  ServerProcess server() {
    return server;
  }

  ServerConnection reader() throws IOException {
    readerDb = 0;
    reader.require("SELECT", "0");
    return reader;
  }

  Map<String, Map<String, String>> status() {
    return agent.status();
  }

  @Override
  public void close() {
    client.close();
    reader.close();
    agent.close();
  }
}

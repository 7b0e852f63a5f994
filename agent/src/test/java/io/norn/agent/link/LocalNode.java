package io.norn.agent.link;

import io.norn.agent.node.DataDirectory;
import io.norn.agent.node.NodeRecord;
import io.norn.apply.NodeMonitor;
import io.norn.journal.Journal;
import io.norn.journal.JournalSettings;
import io.norn.journal.SyncPolicy;
import io.norn.net.Address;
import io.norn.net.Endpoint;
import io.norn.psync.LinkSettings;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A server with what an agent's own link needs beside it, without an agent. */
final class LocalNode implements Closeable {
  static final String NODE = "node-a";
  private static final int PORT = 7379;

  private final Path root = Files.createTempDirectory("norn-local");
  private final ServerProcess server;
  private LocalFiles files;
  private Journal journal;

  LocalNode(String... serverArguments) throws IOException {
    server = ServerProcess.start(ServerBinary.embedded(), serverArguments);
    openJournal("first");
  }

  ServerProcess server() {
    return server;
  }

  LocalFiles files() {
    return files;
  }

  Journal journal() {
    return journal;
  }

  /** Goes on with another data directory. */
  void openJournal(String name) throws IOException {
    if (journal != null) {
      journal.close();
    }
    Path directory = Files.createDirectories(root.resolve(name));
    files =
        new LocalFiles(
            new io.norn.agent.node.SmallFile(directory.resolve("local-replid")),
            new io.norn.agent.node.SmallFile(directory.resolve("checkpoint")));
    journal =
        Journal.open(
            new JournalSettings(
                directory.resolve("local"), SyncPolicy.NO, 1L << 30, Duration.ofDays(1), 0),
            InstantSource.system());
  }

  LinkSettings settings(Address address) {
    Endpoint endpoint =
        new Endpoint(address, server.endpoint().credentials(), server.endpoint().tls());
    return new LinkSettings(endpoint, PORT, Optional.empty(), 5000, 30_000);
  }

  LinkSettings settings() {
    return settings(server.endpoint().address());
  }

  LocalAttach.Attached attach() throws IOException {
    return attach(this::record);
  }

  LocalAttach.Attached attach(LocalAttach.RecordSource source) throws IOException {
    PeerAgents agents = new PeerAgents(new Address("127.0.0.1", PORT));
    MissedPart missed = new MissedPart(settings(), SyncPolicy.NO, List.of(), agents);
    return new LocalAttach(NODE, files, settings(), missed).attach(journal, source);
  }

  /** Attaches and lets go at once; gives the name of the stream. */
  String attachedName() throws IOException {
    LocalAttach.Attached attached = attach();
    attached.session().close();
    return attached.checkpoint().own().stream();
  }

  NodeRecord record() throws IOException {
    try (ServerConnection connection = server.connect()) {
      return NodeRecord.read(connection);
    }
  }

  NodeMonitor monitor(LocalAttach.Attached attached) {
    return new NodeMonitor(
        "instance",
        attached.checkpoint().own(),
        attached.checkpoint().state(),
        attached.checkpoint().applied());
  }

  long info(String field) throws IOException {
    try (ServerConnection connection = server.connect()) {
      return connection
          .requireText("INFO")
          .lines()
          .filter(line -> line.startsWith(field + ":"))
          .map(line -> Long.parseLong(line.substring(field.length() + 1).strip()))
          .findFirst()
          .orElseThrow();
    }
  }

  String replid() throws IOException {
    try (ServerConnection connection = server.connect()) {
      String line =
          connection
              .requireText("INFO", "replication")
              .lines()
              .filter(text -> text.startsWith("master_replid:"))
              .findFirst()
              .orElseThrow();
      return line.substring(line.indexOf(':') + 1).strip();
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
    server.close();
    DataDirectory.deleteTree(root);
  }
}

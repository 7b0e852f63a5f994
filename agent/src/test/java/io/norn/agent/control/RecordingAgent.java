package io.norn.agent.control;

import io.norn.agent.journals.ServedStream;
import io.norn.net.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that does nothing but remember what it was asked for. */
final class RecordingAgent implements AgentControl {
  static final Address OWN_SERVER = new Address("127.0.0.1", 6379);

  final CountDownLatch shutdown = new CountDownLatch(1);
  final Map<String, Map<String, String>> status = new LinkedHashMap<>();
  final Map<String, String> configured = new LinkedHashMap<>();
  final List<ServedStream> streams = new CopyOnWriteArrayList<>();
  final RecordingInspection inspection = new RecordingInspection();
  private final AtomicInteger infos = new AtomicInteger();
  private final List<Address> peers = new CopyOnWriteArrayList<>();

  RecordingAgent(Address... peers) {
    this.peers.addAll(List.of(peers));
    status.put("Local", Map.of("link", "up"));
  }

  @Override
  public void addPeer(Address peer) {
    if (peer.equals(OWN_SERVER)) {
      throw new IllegalArgumentException(peer + " is this node's own server");
    }
    if (peer.host().equals("full")) {
      throw new UncheckedIOException(new IOException("the disk is full"));
    }
    if (peer.host().equals("broken")) {
      throw new IllegalStateException("a fault of\nthe agent");
    }
    peers.add(peer);
  }

  @Override
  public boolean removePeer(Address peer) {
    return peers.remove(peer);
  }

  @Override
  public List<Address> peers() {
    return List.copyOf(peers);
  }

  /** How often somebody has looked. */
  int infos() {
    return infos.get();
  }

  @Override
  public Map<String, Map<String, String>> status() {
    infos.incrementAndGet();
    return status;
  }

  @Override
  public Map<String, String> configuration() {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put("node-id", "a");
    configuration.put("port", "7379");
    configuration.put("local", OWN_SERVER.host() + " " + OWN_SERVER.port());
    configuration.put("masterauth", "***");
    return configuration;
  }

  @Override
  public boolean pausePeer(Address peer) {
    return peers.contains(peer);
  }

  @Override
  public boolean resumePeer(Address peer) {
    return peers.contains(peer);
  }

  @Override
  public void configure(Map<String, String> values) {
    if (values.containsKey("port")) {
      throw new IllegalArgumentException("CONFIG SET: port: cannot be set at run time");
    }
    configured.putAll(values);
  }

  @Override
  public void reloadConfiguration() {
    configured.put("reloaded", "yes");
  }

  @Override
  public void rewriteConfiguration() {
    configured.put("rewritten", "yes");
  }

  @Override
  public Inspection inspection() {
    return inspection;
  }

  @Override
  public List<ServedStream> streams() {
    return streams;
  }

  @Override
  public void shutdown() {
    shutdown.countDown();
  }
}

package io.norn.agent;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.control.Inspection;
import io.norn.agent.doctor.Doctor;
import io.norn.agent.doctor.Finding;
import io.norn.agent.journals.JournalView;
import io.norn.agent.verify.Verifier;
import io.norn.command.MergePolicy;
import io.norn.net.Address;
import io.norn.net.Endpoint;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What operators may look into of a running agent. */
final class AgentTools implements Inspection, Closeable {
  private final Supplier<AgentConfig> config;
  private final Supplier<Node> node;
  private final Supplier<List<Address>> peers;
  private final ConflictLog conflicts;
  private final Verifier verifier = new Verifier(this::endpoints, this::policy);

  AgentTools(
      Supplier<AgentConfig> config,
      Supplier<Node> node,
      Supplier<List<Address>> peers,
      ConflictLog conflicts) {
    this.config = config;
    this.node = node;
    this.peers = peers;
    this.conflicts = conflicts;
  }

  @Override
  public ConflictLog conflicts() {
    return conflicts;
  }

  @Override
  public List<JournalView> journals() {
    Node current = node.get();
    List<JournalView> journals = new ArrayList<>();
    if (current != null) {
      String own = config.get().identity().nodeId();
      journals.add(new JournalView("local", own, current.outbound()));
      current
          .peers()
          .all()
          .forEach(
              (address, link) ->
                  journals.add(
                      new JournalView(address.toString(), link.node(), link.stream().journal())));
    }
    return journals;
  }

  private List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>(List.of(config.get().local()));
    peers.get().forEach(peer -> endpoints.add(config.get().peers().endpoint(peer)));
    return endpoints;
  }

  private MergePolicy policy() {
    return config.get().policies().merge();
  }

  @Override
  public Verifier verifier() {
    return verifier;
  }

  @Override
  public void close() {
    verifier.close();
  }

  @Override
  public List<Finding> examine() {
    return Doctor.ofRunning(config.get(), peers.get());
  }
}

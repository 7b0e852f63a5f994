package io.norn.agent.doctor;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.doctor.Examination.Whose;
import io.norn.net.Address;
import io.norn.net.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Examines everything around an agent. */
public final class Doctor {
  private final AgentConfig config;
  private final List<Address> peers;
  private final Findings findings = new Findings();

  private Doctor(AgentConfig config, List<Address> peers) {
    this.config = config;
    this.peers = peers;
  }

  /**
   * From within the agent; takes as long as servers take to answer, five seconds each at most.
   *
   * @param peers those that are followed now
   */
  public static List<Finding> ofRunning(AgentConfig config, List<Address> peers) {
    Doctor doctor = new Doctor(config, peers);
    new HostChecks(config, doctor.findings).javaMachine();
    return doctor.run();
  }

  /** From a configuration, whether its agent runs or not. */
  public static List<Finding> of(AgentConfig config) {
    return new Doctor(config, config.peers().addresses()).run();
  }

  private List<Finding> run() {
    new HostChecks(config, findings).disk();
    ServerFacts own = examine(config.local(), Whose.OWN);
    if (own != null) {
      new OwnServerChecks(own, findings).run();
    }
    List<ServerFacts> others = new ArrayList<>();
    for (Address peer : peers) {
      ServerFacts facts = examine(config.peers().endpoint(peer), Whose.PEER);
      if (facts != null) {
        others.add(facts);
      }
    }
    if (peers.isEmpty()) {
      findings.note("agent", "no peers are followed", "norn peer add HOST PORT");
    }
    new MeshChecks(config, findings).run(own, others);
    return findings.sorted();
  }

  /** Null if it cannot be examined, which is a finding. */
  private ServerFacts examine(Endpoint endpoint, Whose whose) {
    try {
      ServerFacts facts = Examination.of(endpoint, whose);
      String user = endpoint.credentials().user();
      new AnyServerChecks(facts, user, config.timing().maxClockSkewMillis(), findings).run();
      return facts;
    } catch (IOException e) {
      findings.error(endpoint.address().toString(), e.getMessage(), remedy(e, whose));
      return null;
    }
  }

  private static String remedy(IOException failure, Whose whose) {
    String text = String.valueOf(failure.getMessage());
    String secrets = whose == Whose.OWN ? "local-user, local-auth" : "masteruser, masterauth";
    if (text.contains("WRONGPASS") || text.contains("NOAUTH")) {
      return "correct " + secrets + ", for instance with 'norn config set'";
    }
    if (text.contains("NOPERM")) {
      return "ACL SETUSER with " + AnyServerChecks.ACL;
    }
    if (text.contains("TLS")) {
      return "see tls-ca-cert-file, and that the certificate names the host";
    }
    return "start the server, or correct its address: "
        + (whose == Whose.OWN ? "local" : "norn peer remove HOST PORT");
  }
}

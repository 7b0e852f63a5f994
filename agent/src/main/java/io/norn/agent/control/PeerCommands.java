package io.norn.agent.control;

import io.norn.agent.config.Hosts;
import io.norn.net.Address;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Changes whom the agent follows, and sees to it that Sentinel and {@code FAILOVER} cannot. */
final class PeerCommands {
  private final AgentControl control;

  PeerCommands(AgentControl control) {
    this.control = control;
  }

  List<Command> all() {
    return List.of(
        Command.of("replicaof", -3, this::replicaOf),
        Command.of("slaveof", 3, PeerCommands::pretend),
        Command.of("peer", -2, this::peer));
  }

  private void replicaOf(Session session, Request request, Reply reply) {
    if (request.size() > 4) {
      throw CommandException.arity("replicaof");
    }
    if (session.isSentinel() || session.transaction().isPresent()) {
      pretend(session, request, reply);
      return;
    }
    Dispatcher.requireAdmin(session, "replicaof");
    changePeers(request);
    reply.ok();
  }

  /**
   * Says yes and changes nothing. Sentinel takes the agent for a replica of the server that it
   * reads: after a failover it asks until the replica names the new primary, and does not end
   * before.
   */
  private static void pretend(Session session, Request request, Reply reply) {
    boolean isAddress = request.size() == 3 && !request.is(1, "NO");
    session.claimPrimary(isAddress ? Hosts.address(request.text(1), request.text(2)) : null);
    reply.ok();
  }

  private void changePeers(Request request) {
    if (request.size() == 4) {
      if (!request.is(1, "REMOVE")) {
        throw CommandException.syntax();
      }
      remove(Hosts.address(request.text(2), request.text(3)));
    } else if (request.is(1, "NO") && request.is(2, "ONE")) {
      control.peers().forEach(control::removePeer);
    } else {
      control.addPeer(Hosts.address(request.text(1), request.text(2)));
    }
  }

  private void peer(Session session, Request request, Reply reply) {
    switch (request.text(1).toUpperCase(Locale.ROOT)) {
      case "LIST" -> list(reply);
      case "ADD" -> {
        control.addPeer(address(session, request));
        reply.ok();
      }
      case "REMOVE" -> {
        remove(address(session, request));
        reply.ok();
      }
      case "PAUSE" -> {
        require(control::pausePeer, address(session, request));
        reply.ok();
      }
      case "RESUME" -> {
        require(control::resumePeer, address(session, request));
        reply.ok();
      }
      default -> throw CommandException.subcommand(request);
    }
  }

  private void list(Reply reply) {
    List<Address> peers = control.peers();
    reply.array(peers.size());
    peers.forEach(peer -> reply.bulk(peer.toString()));
  }

  private static Address address(Session session, Request request) {
    if (request.size() != 4) {
      throw CommandException.arity("peer|" + request.text(1).toLowerCase(Locale.ROOT));
    }
    Dispatcher.requireAdmin(session, "peer");
    return Hosts.address(request.text(2), request.text(3));
  }

  private void remove(Address peer) {
    require(control::removePeer, peer);
  }

  private static void require(Predicate<Address> change, Address peer) {
    if (!change.test(peer)) {
      throw new CommandException("ERR " + peer + " is not a peer: PEER LIST shows those that are");
    }
  }
}

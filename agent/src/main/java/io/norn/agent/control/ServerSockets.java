package io.norn.agent.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the sockets that the control port listens on. */
final class ServerSockets {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSockets.class);
  private static final int BACKLOG = 511;

  private ServerSockets() {}

  /**
   * One socket for each address, all with the same port.
   *
   * @throws IOException if an address that must be there cannot be used; one line for users
   */
  static List<ServerSocket> open(List<String> addresses, int wanted) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    int port = wanted;
    try {
      for (String bind : addresses) {
        openOne(bind, port, sockets);
        port = sockets.isEmpty() ? port : sockets.get(0).getLocalPort();
      }
      if (sockets.isEmpty()) {
        throw BindFailure.of(
            String.join(" ", addresses), port, new IOException("none of the addresses exists"));
      }
      return sockets;
    } catch (IOException e) {
      close(sockets);
      throw e;
    }
  }

  /** A dash in front means, as in Valkey, that the address may be missing. */
  private static void openOne(String bind, int port, List<ServerSocket> sockets)
      throws IOException {
    boolean isOptional = bind.startsWith("-");
    String address = isOptional ? bind.substring(1) : bind;
    try {
      sockets.add(new ServerSocket(port, BACKLOG, inetAddress(address)));
    } catch (IOException e) {
      if (!isOptional) {
        throw BindFailure.of(address, port, e);
      }
      LOG.info("not listening on {} port {}: {}", address, port, e.getMessage());
    }
  }

  private static InetAddress inetAddress(String address) throws IOException {
    return switch (address) {
      case "*" -> new InetSocketAddress(0).getAddress();
      case "::*" -> InetAddress.getByName("::");
      default -> InetAddress.getByName(address);
    };
  }

  static void close(List<ServerSocket> sockets) {
    for (ServerSocket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("closing {}: {}", socket, e.getMessage());
      }
    }
  }
}

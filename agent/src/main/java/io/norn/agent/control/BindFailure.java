package io.norn.agent.control;

import java.io.IOException;
import java.net.UnknownHostException;

/** Says in one line why the agent's own port cannot be opened. */
final class BindFailure {
  private BindFailure() {}

  static IOException of(String address, int port, IOException e) {
    String where = "cannot listen on " + address + " port " + port + ": ";
    return new IOException(where + reason(e, String.valueOf(e.getMessage())), e);
  }

  private static String reason(IOException e, String message) {
    if (e instanceof UnknownHostException) {
      return "unknown address: give 'bind' an IP address of this host, or * for all";
    }
    if (message.contains("in use")) {
      return "the port is in use: stop what uses it, or choose another with 'port'";
    }
    if (message.contains("assign requested")) {
      return "this host has no such address: give 'bind' one that it has, or * for all";
    }
    if (message.contains("denied")) {
      return "no permission: choose a port above 1023 with 'port'";
    }
    return message + ": change 'bind' or 'port'";
  }
}

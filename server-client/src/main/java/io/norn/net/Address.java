package io.norn.net;

/**
 * A host name or IP address, and a TCP port.
 *
 * @param host not blank, without brackets
 * @param port 1 to 65535
 */
public record Address(String host, int port) {

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if the host is blank or the port out of range; the message is
   *     fit for users
   */
  public Address {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty: give a host name or an IP address");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is out of range: use 1 to 65535");
    }
  }

  /**
   * Reads {@code host:port}, where the last colon divides, so that IPv6 addresses need no brackets.
   *
   * @throws IllegalArgumentException if the text is no address; the message is fit for users
   */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
    }
    return new Address(text.substring(0, colon), parsePort(text.substring(colon + 1)));
  }

  /**
   * Reads a port number.
   *
   * @throws IllegalArgumentException if the text is no port number; the message is fit for users
   */
  public static int parsePort(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a port number", e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}

package io.norn.agent.config;

import io.norn.net.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** One spelling for each host, so that an address can be recognised again. */
public final class Hosts {
  private Hosts() {}

  /**
   * An address from what a user wrote: lower case, IPv6 without brackets.
   *
   * @throws IllegalArgumentException if it is none; fit for users
   */
  public static Address address(String host, String port) {
    return new Address(normal(host), Address.parsePort(port));
  }

  private static String normal(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    boolean bracketed = lower.startsWith("[") && lower.endsWith("]");
    String bare = bracketed ? lower.substring(1, lower.length() - 1) : lower;
    if (!bare.matches("[!-~]*") || bare.length() > 255) {
      throw new IllegalArgumentException("'" + host + "' is no host name or IP address");
    }
    return bare;
  }

  /** The name of this host, empty if it has none. */
  static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A host whose name does not resolve still has one.
      String name = System.getenv("HOSTNAME");
      return name == null ? "" : name;
    }
  }
}

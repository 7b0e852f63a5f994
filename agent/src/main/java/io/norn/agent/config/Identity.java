package io.norn.agent.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who this node is in the mesh.
 *
 * @param nodeId unique in the mesh, {@code [a-z0-9-]{1,32}}
 */
public record Identity(String nodeId) {
  private static final int MAX_LENGTH = 32;
  private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1," + MAX_LENGTH + "}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is not that of a node id; fit for users
   */
  public Identity {
    if (!FORM.matcher(nodeId).matches()) {
      throw new IllegalArgumentException(
          "'" + nodeId + "' is no node id: use 1 to 32 of a-z, 0-9 and -, for instance eu-west");
    }
  }

  /**
   * The id of a node that was given none: the host name in lower case, cut to what an id may hold.
   *
   * @throws IllegalArgumentException if nothing usable is left; fit for users
   */
  static Identity ofHost(String hostName) {
    String id = hostName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
    String cut = id.substring(0, Math.min(MAX_LENGTH, id.length())).replaceAll("^-+|-+$", "");
    if (cut.isEmpty() || cut.equals("localhost")) {
      throw new IllegalArgumentException(
          "the host name '" + hostName + "' tells no nodes apart: choose one, such as eu-west");
    }
    return new Identity(cut);
  }
}

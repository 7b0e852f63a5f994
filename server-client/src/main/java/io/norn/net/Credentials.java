package io.norn.net;

/**
 * User and password for {@code AUTH}; both empty means that none is sent, an empty user means the
 * default user.
 *
 * @param user ACL user, or empty
 * @param password password, or empty
 */
public record Credentials(String user, String password) {
  public static final Credentials NONE = new Credentials("", "");

  public boolean isNone() {
    return password.isEmpty() && user.isEmpty();
  }

  /** Hides the password, because records find their way into logs. */
  @Override
  public String toString() {
    return isNone() ? "no credentials" : "user " + (user.isEmpty() ? "default" : user);
  }
}

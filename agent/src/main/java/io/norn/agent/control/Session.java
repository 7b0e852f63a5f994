package io.norn.agent.control;

import io.norn.net.Address;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What one connection has said about itself so far. Belongs to the thread of the connection. */
final class Session {
  private final long id;
  private final String address;
  private final Access initialAccess;
  private final Set<String> channels = new LinkedHashSet<>();
  private final Set<String> patterns = new LinkedHashSet<>();
  private Access access;
  private String user = "default";
  private Transaction transaction;
  private Address claimedPrimary;
  private Follower follower;
  private End end = End.OPEN;
  // Other connections read it for CLIENT LIST.
  private volatile String name = "";

  /** Whether and how the connection comes to its end. */
  enum End {
    OPEN,
    AFTER_REPLY,
    WITHOUT_REPLY
  }

  Session(long id, String address, Access initialAccess) {
    this.id = id;
    this.address = address;
    this.initialAccess = initialAccess;
    this.access = initialAccess;
  }

  long id() {
    return id;
  }

  /** The client's own {@code host:port}. */
  String address() {
    return address;
  }

  Access access() {
    return access;
  }

  String user() {
    return user;
  }

  void authenticated(String newUser, Access newAccess) {
    user = newUser.isEmpty() ? "default" : newUser;
    access = newAccess;
  }

  String name() {
    return name;
  }

  void name(String newName) {
    name = newName;
  }

  /** Sentinel names its connections, and must not change what an operator set up. */
  boolean isSentinel() {
    return name.startsWith("sentinel-");
  }

  Optional<Transaction> transaction() {
    return Optional.ofNullable(transaction);
  }

  void begin() {
    transaction = new Transaction();
  }

  void endTransaction() {
    transaction = null;
  }

  /**
   * The primary that this client was told the agent follows now, because it asked for that. Nobody
   * else is told so.
   */
  Optional<Address> claimedPrimary() {
    return Optional.ofNullable(claimedPrimary);
  }

  void claimPrimary(Address primary) {
    claimedPrimary = primary;
  }

  /** From now on, when the reply is sent, the connection takes a stream. */
  void follow(Follower newFollower) {
    follower = newFollower;
  }

  Optional<Follower> follower() {
    return Optional.ofNullable(follower);
  }

  Set<String> channels() {
    return channels;
  }

  Set<String> patterns() {
    return patterns;
  }

  int subscriptions() {
    return channels.size() + patterns.size();
  }

  End end() {
    return end;
  }

  void end(End how) {
    end = how;
  }

  /** As just connected. */
  void reset() {
    access = initialAccess;
    user = "default";
    name = "";
    transaction = null;
    claimedPrimary = null;
    channels.clear();
    patterns.clear();
  }
}

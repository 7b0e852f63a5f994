package io.norn.psync;

import io.norn.net.Credentials;
import java.io.IOException;

/** The part of a session before PSYNC: who we are, who they are, what we understand. */
final class Handshake {
  private final Link link;
  private final LinkSettings settings;

  Handshake(Link link, LinkSettings settings) {
    this.link = link;
    this.settings = settings;
  }

  /** Introduces this replica, and learns what the server is. */
  PrimaryInfo run() throws IOException {
    authenticate();
    ping();
    PrimaryInfo server = info("server");
    checkServer(server);
    announce(server);
    return info("server", "replication", "persistence");
  }

  private void authenticate() throws IOException {
    Credentials credentials = settings.endpoint().credentials();
    if (credentials.isNone()) {
      return;
    }
    if (credentials.user().isEmpty()) {
      require("AUTH", credentials.password());
    } else {
      require("AUTH", credentials.user(), credentials.password());
    }
  }

  /** Tells a server from anything else, and asks for nothing that a user may lack. */
  private void ping() throws IOException {
    Reply reply = call("PING");
    if (reply.isError() && (reply.code().equals("NOAUTH") || reply.code().equals("DENIED"))) {
      throw refused(reply);
    }
    if (reply.isError() && reply.isFinal()) {
      throw later(reply);
    }
  }

  private PrimaryInfo info(String... sections) throws IOException {
    String[] command = new String[sections.length + 1];
    command[0] = "INFO";
    System.arraycopy(sections, 0, command, 1, sections.length);
    return PrimaryInfo.parse(require(command).text());
  }

  private void checkServer(PrimaryInfo server) throws PsyncRefusedException {
    if (server.versionText().isEmpty()) {
      throw new PsyncRefusedException(
          link.endpoint() + ": INFO names no version, this is no Valkey or Redis: check the port");
    }
    if (server.text("redis_mode").equals("sentinel")) {
      throw new PsyncRefusedException(
          link.endpoint() + ": this is a Sentinel, give the address of the primary it watches");
    }
    if (server.isTooOld()) {
      String name = server.isValkey() ? "Valkey " : "Redis ";
      throw new PsyncRefusedException(
          link.endpoint()
              + ": "
              + name
              + server.versionText()
              + " is too old: use Valkey 7.2 or Redis 7.0, or later");
    }
  }

  /**
   * Optional announcements: a server that does not know one of them answers an error and goes on.
   * Without {@code version} Valkey 9 writes its RDB in an old format, and fails for ever on a hash
   * whose fields expire.
   */
  private void announce(PrimaryInfo server) throws IOException {
    optional("listening-port", Integer.toString(settings.listeningPort()));
    if (settings.announceIp().isPresent()) {
      optional("ip-address", settings.announceIp().get());
    }
    optional("capa", "eof", "capa", "psync2");
    optional("version", server.versionText());
  }

  private void optional(String... option) throws IOException {
    String[] command = new String[option.length + 1];
    command[0] = "REPLCONF";
    System.arraycopy(option, 0, command, 1, option.length);
    Reply reply = call(command);
    if (reply.isError() && reply.code().equals("NOPERM")) {
      throw refused(reply);
    }
  }

  private Reply require(String... command) throws IOException {
    Reply reply = call(command);
    if (!reply.isError()) {
      return reply;
    }
    throw reply.isTemporary() ? later(reply) : refused(reply);
  }

  private Reply call(String... command) throws IOException {
    link.send(command);
    return Reply.read(link);
  }

  private TryLaterException later(Reply reply) {
    return new TryLaterException(link.endpoint() + ": not ready: " + reply.text());
  }

  private PsyncRefusedException refused(Reply reply) {
    return new PsyncRefusedException(link.endpoint() + ": " + reply.text() + hint(reply.code()));
  }

  static String hint(String code) {
    return switch (code) {
      case "NOAUTH" -> " Give user and password of this server";
      case "WRONGPASS" -> ": check user and password";
      case "NOPERM" -> ": the user needs at least +psync +replconf +ping +info";
      default -> "";
    };
  }
}

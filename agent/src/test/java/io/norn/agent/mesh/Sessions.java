package io.norn.agent.mesh;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * A client with sessions of users who are moved from site to site: each request refreshes a session
 * on some site, some end by a logout.
 */
final class Sessions implements Callable<Sessions.Result> {
  static final long TTL_MILLIS = 6000;
  private static final int LOGOUT_IN = 200;

  private final List<ServerConnection> sites;
  private final String prefix;
  private final Random random;
  private final long endNanos;
  private final List<String> live = new ArrayList<>();
  private final List<String> loggedOut = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private long requests;

  /**
   * What a client saw.
   *
   * @param live sessions that were refreshed until the end
   * @param loggedOut sessions that must not return
   * @param lost sessions that were away though they had been refreshed in time
   * @param requests how many refreshed a session
   */
  record Result(List<String> live, List<String> loggedOut, List<String> lost, long requests) {}

  Sessions(RealMesh mesh, String prefix, int count, Random random, long runMillis)
      throws IOException {
    this.sites = new ArrayList<>();
    for (int i = 0; i < mesh.size(); i++) {
      sites.add(mesh.server(i).connect());
    }
    this.prefix = prefix;
    this.random = random;
    this.endNanos = System.nanoTime() + runMillis * 1_000_000;
    for (int i = 0; i < count; i++) {
      live.add(prefix + i);
    }
  }

  @Override
  public Result call() throws IOException {
    try {
      for (String session : live) {
        refresh(session);
      }
      awaitEverywhere();
      while (System.nanoTime() < endNanos) {
        for (String session : List.copyOf(live)) {
          request(session);
        }
      }
      return new Result(live, loggedOut, lost, requests);
    } finally {
      sites.forEach(ServerConnection::close);
    }
  }

  /** Users are moved only when their session has come to the other site. */
  private void awaitEverywhere() throws IOException {
    for (ServerConnection site : sites) {
      for (String session : live) {
        while (site.require("EXISTS", session).equals(0L)) {
          refresh(session);
          RealMesh.pause(10);
        }
      }
    }
  }

  private void request(String session) throws IOException {
    if (random.nextInt(LOGOUT_IN) == 0 && live.size() > 1) {
      site().require("DEL", session);
      live.remove(session);
      loggedOut.add(session);
    } else if (refresh(session).equals("")) {
      lost.add(session);
    }
  }

  /** What the session held before; empty if it was not there. */
  private String refresh(String session) throws IOException {
    ServerConnection site = site();
    String before = site.requireText("HGET", session, "user");
    site.require("HSET", session, "user", prefix, "seen", Long.toString(requests++));
    site.require("PEXPIRE", session, Long.toString(TTL_MILLIS));
    return before == null ? "" : before;
  }

  private ServerConnection site() {
    return sites.get(random.nextInt(sites.size()));
  }
}

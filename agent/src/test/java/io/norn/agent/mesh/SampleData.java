package io.norn.agent.mesh;

import io.norn.server.ServerConnection;
import java.io.IOException;

/** Data that servers hold before they meet: keys of their own of every type, and common names. */
final class SampleData {
  private static final String FAR_MILLIS = "4102444800000";
  private static final int PIPELINED = 5000;

  private final ServerConnection server;
  private final String side;

  /** Data of one side, which is part of its names and values. */
  SampleData(ServerConnection server, String side) {
    this.server = server;
    this.side = side;
  }

  /** All types. */
  void writeAll() throws IOException {
    writeTypes(side + ":", "");
    writeTypes("both:", side);
    server.require("SET", "both:other-type", side);
    if (side.equals("a")) {
      server.require("DEL", "both:other-type");
      server.require("RPUSH", "both:other-type", "1", "2");
    }
    server.require("SELECT", "3");
    writeTypes(side + ":", "");
    writeTypes("both:", side);
    server.require("SELECT", "0");
  }

  private void writeTypes(String prefix, String mark) throws IOException {
    server.require("SET", prefix + "string", "value" + mark);
    server.require("SET", prefix + "expiring", "value" + mark, "PXAT", FAR_MILLIS);
    server.require("SET", prefix + "number", mark.equals("b") ? "7" : "5");
    server.require("HSET", prefix + "hash", "common", "of " + mark, "only" + mark, "1");
    server.require("SADD", prefix + "set", "common", "only" + mark);
    server.require("SADD", prefix + "numbers", mark.equals("b") ? "2" : "1", "3");
    server.require("ZADD", prefix + "zset", mark.equals("b") ? "2" : "1", "common");
    server.require("ZADD", prefix + "zset", "0.25", "only" + mark, "-inf", "low" + mark);
    server.require("RPUSH", prefix + "list", "1", "of" + mark, "3");
    server.require("XADD", prefix + "stream", mark.equals("b") ? "2-1" : "1-1", "f", mark);
    server.require("PFADD", prefix + "hll", "x" + mark);
    server.require("SETBIT", prefix + "bits", "100", "1");
    server.require("PEXPIREAT", prefix + "hash", FAR_MILLIS);
    for (int i = 0; i < 300; i++) {
      server.send("HSET", prefix + "large", "field" + mark + i, "v".repeat(70));
      server.send("ZADD", prefix + "ranks", Integer.toString(i), "member" + mark + i);
    }
    server.receiveAll();
  }

  /** Many small keys, half of them with names that the other side has too. */
  void writeMany(int keys) throws IOException {
    for (int i = 0; i < keys; i++) {
      String name = (i % 2 == 0 ? "many:" : "many:" + side + ":") + i;
      switch (i % 3) {
        case 0 -> server.send("SET", name, side + i);
        case 1 -> server.send("HSET", name, side, "1", "common", side);
        default -> server.send("SADD", name, side, "common");
      }
      if (i % PIPELINED == 0) {
        server.receiveAll();
      }
    }
    server.receiveAll();
  }
}

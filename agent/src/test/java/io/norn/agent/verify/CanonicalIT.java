package io.norn.agent.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The same values, stored in different ways. */
final class CanonicalIT {
  private static String digest(ServerConnection server, String key) throws IOException {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    return Canonical.ofValue(
        (byte[]) server.require("DUMP".getBytes(StandardCharsets.UTF_8), name));
  }

  private static String bytes(ServerConnection server, String key) throws IOException {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    return Canonical.ofBytes(
        (byte[]) server.require("DUMP".getBytes(StandardCharsets.UTF_8), name));
  }

  @Test
  void shouldNotDependOnTheEncoding() throws Exception {
    try (ServerProcess one =
            ServerProcess.start(
                ServerBinary.preferred(),
                "--set-max-intset-entries",
                "0",
                "--hash-max-listpack-entries",
                "0",
                "--zset-max-listpack-entries",
                "0",
                "--list-max-listpack-size",
                "1");
        ServerProcess two = ServerProcess.start(ServerBinary.embedded());
        ServerConnection a = one.connect();
        ServerConnection b = two.connect()) {
      for (int i = 0; i < 40; i++) {
        String up = Integer.toString(i);
        String down = Integer.toString(39 - i);
        a.require("SADD", "set", up);
        b.require("SADD", "set", down);
        a.require("HSET", "hash", up, "v" + up);
        b.require("HSET", "hash", down, "v" + down);
        a.require("ZADD", "zset", up + ".5", up);
        b.require("ZADD", "zset", down + ".5", down);
        a.require("RPUSH", "list", up);
        b.require("RPUSH", "list", up);
      }
      a.require("SET", "number", "12345");
      b.require("SET", "number", "12345");
      for (String key : new String[] {"set", "hash", "zset", "list", "number"}) {
        assertThat(digest(a, key)).as(key).isEqualTo(digest(b, key));
      }
      assertThat(bytes(a, "set")).isNotEqualTo(bytes(b, "set"));
      b.require("HSET", "hash", "39", "other");
      b.require("ZADD", "zset", "1", "39");
      b.require("SADD", "set", "40");
      b.require("LSET", "list", "0", "x");
      b.require("SET", "number", "12346");
      for (String key : new String[] {"set", "hash", "zset", "list", "number"}) {
        assertThat(digest(a, key)).as(key).isNotEqualTo(digest(b, key));
      }
    }
  }
}

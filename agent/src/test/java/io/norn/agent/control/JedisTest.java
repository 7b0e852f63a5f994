package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.net.Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/** A client library that knows nothing of Norn, at the control port. */
final class JedisTest {
  private static final String PASSWORD = "s3cret";

  private static ProtocolCommand command(String name) {
    return () -> name.getBytes(StandardCharsets.US_ASCII);
  }

  private static Jedis connect(ControlPort port, RedisProtocol protocol, String password) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder().protocol(protocol).clientName("operator");
    return new Jedis(
        new HostAndPort("127.0.0.1", port.server().port()), config.password(password).build());
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void shouldAskAndChange(RedisProtocol protocol) throws Exception {
    try (ControlPort port =
            ControlPort.open(new PasswordAuthenticator(PASSWORD), ControlPort.LIMITS);
        Jedis jedis = connect(port, protocol, PASSWORD)) {
      assertThat(jedis.ping()).isEqualTo("PONG");
      assertThat(jedis.info("server")).contains("norn_version");
      assertThat(jedis.clientGetname()).isEqualTo("operator");
      assertThat(jedis.replicaof("10.0.0.9", 6379)).isEqualTo("OK");
      assertThat(port.agent().peers()).containsExactly(new Address("10.0.0.9", 6379));
      Object peers = jedis.sendCommand(command("PEER"), "LIST");
      assertThat((List<?>) peers).hasSize(1);
      assertThat(jedis.replicaofNoOne()).isEqualTo("OK");
      assertThat(port.agent().peers()).isEmpty();
      assertThatThrownBy(() -> jedis.set("k", "v")).isInstanceOf(JedisDataException.class);
      assertThat(jedis.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void shouldBeToldThatThePasswordIsWrong() throws Exception {
    try (ControlPort port =
        ControlPort.open(new PasswordAuthenticator(PASSWORD), ControlPort.LIMITS)) {
      assertThatThrownBy(() -> connect(port, RedisProtocol.RESP2, "wrong").ping())
          .isInstanceOf(JedisDataException.class)
          .hasMessageContaining("WRONGPASS");
    }
  }
}

package io.norn.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:6379, localhost, 6379",
    "10.0.0.1:1, 10.0.0.1, 1",
    "fe80::1:65535, fe80::1, 65535",
  })
  void shouldReadHostAndPort(String text, String host, int port) {
    assertThat(Address.parse(text)).isEqualTo(new Address(host, port));
    assertThat(Address.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "localhost| 'localhost' is not HOST:PORT",
        "localhost:| '' is not a port number",
        "localhost:x| 'x' is not a port number",
        "localhost:0| port 0 is out of range: use 1 to 65535",
        "localhost:65536| port 65536 is out of range: use 1 to 65535",
        ":6379| host is empty: give a host name or an IP address",
      })
  void shouldSayWhatIsWrongWithAnAddress(String text, String message) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void shouldNotShowPasswords() {
    assertThat(new Credentials("norn", "secret").toString())
        .contains("norn")
        .doesNotContain("secret");
    assertThat(new Credentials("", "secret").toString()).isEqualTo("user default");
    assertThat(Credentials.NONE.toString()).isEqualTo("no credentials");
  }
}

package io.norn.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerErrorTest {
  @Test
  void shouldTellTheCodeBeforeTheFirstSpace() {
    assertThat(new ServerError("WRONGTYPE Operation against a key").code()).isEqualTo("WRONGTYPE");
    assertThat(new ServerError("EXECABORT").code()).isEqualTo("EXECABORT");
  }
}

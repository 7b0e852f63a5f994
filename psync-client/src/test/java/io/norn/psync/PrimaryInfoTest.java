package io.norn.psync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimaryInfoTest {
  private static final String NEW = "a".repeat(40);
  private static final String OLD = "b".repeat(40);
  private static final String REPLICATION =
      String.join(
          "\r\n",
          "# Replication",
          "role:master",
          "master_replid:" + NEW,
          "master_replid2:" + OLD,
          "master_repl_offset:2000",
          "second_repl_offset:1501",
          "repl_backlog_active:1",
          "repl_backlog_first_byte_offset:1001",
          "repl_backlog_histlen:1000",
          "");

  @ParameterizedTest
  @CsvSource({
    "a, 999, false", // the byte asked for, 1000, is gone
    "a, 1000, true",
    "a, 2000, true", // everything was read
    "a, 2001, false",
    "b, 999, false",
    "b, 1500, true", // the last byte of the old history was read
    "b, 1501, false", // beyond what this server shares with it
    "c, 1500, false",
  })
  void shouldPredictWhatTheServerWouldAnswer(String id, long offset, boolean continues) {
    PrimaryInfo info = PrimaryInfo.parse(REPLICATION);
    assertThat(info.canContinue(new Position(id.repeat(40), offset))).isEqualTo(continues);
  }

  @Test
  void shouldNotContinueWithoutABacklog() {
    PrimaryInfo info = PrimaryInfo.parse(REPLICATION.replace("active:1", "active:0"));
    assertThat(info.canContinue(new Position(NEW, 1500))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "redis_version:7.0.15, false, 7.0.15, 7, 0, false",
    "redis_version:6.2.14, false, 6.2.14, 6, 2, true",
    "redis_version:8.6.0-rc1, false, 8.6.0-rc1, 8, 6, false",
    "redis_version:7.2.4~server_name:valkey~valkey_version:8.0.1, true, 8.0.1, 8, 0, false",
    "redis_version:7.2.4~server_name:valkey~valkey_version:7.0.9, true, 7.0.9, 7, 0, true",
    "x:y, false, '', 0, 0, true",
    "redis_version:99999999999999.1, false, 99999999999999.1, 0, 1, true",
  })
  void shouldTellServersApart(
      String text, boolean valkey, String version, int major, int minor, boolean old) {
    PrimaryInfo info = PrimaryInfo.parse(text.replace("~", "\r\n"));
    assertThat(info.isValkey()).isEqualTo(valkey);
    assertThat(info.versionText()).isEqualTo(version);
    assertThat(info.majorVersion()).isEqualTo(major);
    assertThat(info.minorVersion()).isEqualTo(minor);
    assertThat(info.isTooOld()).isEqualTo(old);
  }

  @Test
  void shouldSeeThatTheServerLoads() {
    assertThat(PrimaryInfo.parse("loading:1\r\nasync_loading:0").loading()).isTrue();
    assertThat(PrimaryInfo.parse("loading:0\r\nasync_loading:1").loading()).isTrue();
    assertThat(PrimaryInfo.parse("loading:0\r\nasync_loading:0").loading()).isFalse();
    assertThat(PrimaryInfo.parse("").number("loading")).isEqualTo(-1);
  }
}

package io.norn.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.psync.PrimaryInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RdbTargetTest {

  @ParameterizedTest
  @CsvSource({
    "redis_version:7.0.15, 10",
    "redis_version:7.2.4, 11",
    "redis_version:7.4.1, 12",
    "redis_version:8.2.0, 12",
    "valkey_version:7.2.9, 11",
    "valkey_version:8.0.1, 11",
    "valkey_version:8.1.1, 11",
    "valkey_version:9.1.2, 80",
  })
  void shouldKnowWhatEveryServerTakes(String info, int version) {
    assertThat(RdbTarget.of(PrimaryInfo.parse(info))).isEqualTo(new RdbTarget(version));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10, 10", // source, target, payload
    "10, 80, 10",
    "11, 10, 10",
    "11, 12, 11",
    "12, 12, 12",
    "13, 12, 12",
    "12, 11, 11",
    "12, 80, 11", // Valkey refuses Redis' own versions
    "80, 80, 80",
    "80, 12, 11",
    "80, 10, 10",
  })
  void shouldStepDownToWhatBothKnow(int source, int target, int payload) {
    assertThat(new RdbTarget(target).payloadVersion(source)).isEqualTo(payload);
  }
}

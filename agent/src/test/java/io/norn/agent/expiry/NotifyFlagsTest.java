package io.norn.agent.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyFlagsTest {
  @ParameterizedTest
  @CsvSource({
    "'', Exe",
    "Kg, KgExe",
    "KA, KAE",
    "AKE, AKE",
    "xeE, xeE",
    "Ex, Exe",
    "g$lshzKE, g$lshzKExe"
  })
  void shouldAddWhatIsMissingAndKeepTheRest(String value, String completed) {
    assertThat(NotifyFlags.completed(value)).isEqualTo(completed);
    assertThat(NotifyFlags.missing(completed)).isEmpty();
  }
}

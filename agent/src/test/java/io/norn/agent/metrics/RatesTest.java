package io.norn.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RatesTest {
  private final Rates rates = new Rates();

  @Test
  void shouldDivideByTheTimeBetweenTheSamples() {
    sample(0, 1000);
    sample(2, 1500);
    assertThat(rate()).isEqualTo("250.0");
  }

  @Test
  void shouldForgetWhatIsLongPast() {
    sample(0, 0);
    for (int second = 1; second <= 10; second++) {
      sample(second, 1_000_000);
    }
    assertThat(rate()).isEqualTo("0.0");
  }

  @Test
  void shouldCountFromZeroWhenACounterBeganAnew() {
    sample(0, 5000);
    sample(1, 6000);
    sample(2, 500);
    assertThat(rate()).isEqualTo("750.0");
  }

  @Test
  void shouldSayZeroBeforeTheSecondSample() {
    sample(0, 7);
    assertThat(rate()).isEqualTo("0.0");
  }

  @Test
  void shouldKnowAPeerByItsAddress() {
    rates.sample(0, status("Peer1", 100));
    rates.sample(TimeUnit.SECONDS.toNanos(1), status("Peer0", 300));
    Map<String, Map<String, String>> now = status("Peer0", 300);
    rates.addTo(now);
    assertThat(now.get("Peer0")).containsEntry("received_bytes_per_second", "200.0");
  }

  private void sample(long second, long bytes) {
    rates.sample(TimeUnit.SECONDS.toNanos(second), status("Local", bytes));
  }

  private String rate() {
    Map<String, Map<String, String>> now = status("Local", 0);
    rates.addTo(now);
    return now.get("Local").get("received_bytes_per_second");
  }

  private static Map<String, Map<String, String>> status(String section, long bytes) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("address", "10.0.0.3:6379");
    fields.put("received_bytes", Long.toString(bytes));
    Map<String, Map<String, String>> status = new LinkedHashMap<>();
    status.put(section, fields);
    return status;
  }
}

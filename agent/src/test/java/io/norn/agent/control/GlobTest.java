package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "*,port,true",
    "port,port,true",
    "PORT,port,true",
    "por,port,false",
    "ports,port,false",
    "p*t,port,true",
    "p*x,port,false",
    "*auth*,masterauth,true",
    "p?rt,port,true",
    "?,port,false",
    "po[a-z]t,port,true",
    "po[^a-q]t,port,true",
    "po[^a-z]t,port,false",
    "po[xyr]t,port,true",
    "po[xy]t,port,false",
    "po[r,port,false",
    "\\port,port,true",
    "por\\,port,false",
    "**t**,port,true",
    "a*b*c,axbxbxd,false",
    "a*b*c,axbxbxc,true",
  })
  void shouldMatchAsConfigGetDoes(String pattern, String text, boolean expected) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(expected);
  }

  @Test
  void shouldNotTakeForeverForManyStars() {
    String pattern = "*a".repeat(5_000) + "b";
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> Glob.matches(pattern, "a".repeat(10_000)));
  }

  @Property(tries = 500)
  void shouldNeverFail(@ForAll String pattern, @ForAll String text) {
    assertThat(Glob.matches(pattern + "*", text)).isEqualTo(Glob.matches(pattern + "**", text));
  }
}

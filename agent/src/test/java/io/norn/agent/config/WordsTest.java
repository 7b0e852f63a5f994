package io.norn.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void shouldSplitAtSpacesAndTabs() {
    assertThat(Words.split("  port\t7379  \r")).containsExactly("port", "7379");
    assertThat(Words.split("")).isEmpty();
    assertThat(Words.split("   ")).isEmpty();
  }

  @Test
  void shouldReadQuotesAndEscapesAsValkeyDoes() {
    assertThat(Words.split("masterauth \"a b\\\"c\\n\\x41\\xzz\\\\\""))
        .containsExactly("masterauth", "a b\"c\nAxzz\\");
    assertThat(Words.split("masterauth 'it\\'s \\n'")).containsExactly("masterauth", "it's \\n");
    assertThat(Words.split("requirepass \"\"")).containsExactly("requirepass", "");
    assertThat(Words.split("x \"\\xc3\\xa4\"")).containsExactly("x", "ä");
  }

  @Test
  void shouldTakeCommentsButNotPasswordsThatBeginWithHash() {
    assertThat(Words.splitDirective("# port 7379")).isEmpty();
    assertThat(Words.splitDirective("port 7379 # it's the default"))
        .containsExactly("port", "7379");
    assertThat(Words.splitDirective("masterauth #secret")).containsExactly("masterauth", "#secret");
    assertThat(Words.splitDirective("masterauth a#b")).containsExactly("masterauth", "a#b");
    assertThat(Words.splitDirective("peer-auth h 1 \"#x\""))
        .containsExactly("peer-auth", "h", "1", "#x");
  }

  @Test
  void shouldTakeHashAsALetterOutsideOfFiles() {
    assertThat(Words.split("AUTH user #secret")).containsExactly("AUTH", "user", "#secret");
  }

  @Test
  void shouldRefuseQuotesThatAreNotClosed() {
    for (String line : List.of("a \"b", "a 'b", "a \"b\\", "a \"b\\\"", "a 'b\\'")) {
      assertThatThrownBy(() -> Words.split(line))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not closed");
    }
    assertThatThrownBy(() -> Words.split("a \"b\"c")).hasMessageContaining("followed by a space");
  }

  @Property
  void shouldReadBackWhatWasQuoted(@ForAll @Size(min = 1, max = 6) List<String> words) {
    List<String> sent = words.stream().map(WordsTest::withoutLoneSurrogates).toList();
    String line = sent.stream().map(WordsTest::quote).collect(Collectors.joining(" "));
    assertThat(Words.split(line)).isEqualTo(sent);
  }

  @Property
  void shouldNeverFailOtherwiseThanWithOneLine(@ForAll String line) {
    try {
      assertThat(Words.split(line)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  private static String quote(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Half a character has no UTF-8 form, and so cannot stand in a file. */
  private static String withoutLoneSurrogates(String word) {
    return word.replaceAll("\\p{Cs}", "");
  }
}

package io.norn.command;

import static io.norn.command.Changes.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.KeySpec.Begin;
import io.norn.command.KeySpec.Find;
import io.norn.stream.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeySpecTest {

  @Test
  void shouldFindARangeFromAnIndex() {
    assertThat(keys(new Begin.Index(1), new Find.Range(0, 1, 0), "M a b c")).containsExactly("a");
    assertThat(keys(new Begin.Index(1), new Find.Range(-1, 1, 0), "M a b c"))
        .containsExactly("a", "b", "c");
    assertThat(keys(new Begin.Index(1), new Find.Range(-2, 1, 0), "M a b 0"))
        .containsExactly("a", "b");
    assertThat(keys(new Begin.Index(1), new Find.Range(-1, 2, 0), "M a 1 b 2"))
        .containsExactly("a", "b");
  }

  @Test
  void shouldFindAsManyAsAnArgumentSays() {
    Find counted = new Find.Counted(0, 1, 1);
    assertThat(keys(new Begin.Index(2), counted, "M x 2 a b c")).containsExactly("a", "b");
    assertThat(keys(new Begin.Index(2), counted, "M x 0 a b")).isEmpty();
  }

  @Test
  void shouldFindHalfOfWhatIsBehindAWord() {
    Find half = new Find.Range(-1, 1, 2);
    assertThat(keys(new Begin.Keyword("STREAMS", 1), half, "M x streams a b 0 0"))
        .containsExactly("a", "b");
  }

  @Test
  void shouldLookForAWordBackwards() {
    Find one = new Find.Range(0, 1, 0);
    assertThat(keys(new Begin.Keyword("TO", -2), one, "M to a to b x")).containsExactly("b");
    assertThat(keys(new Begin.Keyword("TO", -2), one, "M a b c")).isEmpty();
    assertThat(keys(new Begin.Keyword("TO", 1), one, "M to a to b x")).containsExactly("a");
  }

  @Test
  void shouldFindNothingInACommandThatIsTooShort() {
    assertThat(keys(new Begin.Index(3), new Find.Range(0, 1, 0), "M a b")).isEmpty();
    assertThat(keys(new Begin.Index(1), new Find.Range(5, 1, 0), "M a b")).isEmpty();
    assertThat(keys(new Begin.Index(1), new Find.Range(-1, 0, 0), "M a b")).isEmpty();
  }

  private static List<String> keys(Begin begin, Find find, String command) {
    Change change = change(command.split(" ", 0));
    Call call = new Call(change.db(), change.args(), Changes.HLC_MICROS);
    return new KeySpec(begin, find, false)
        .keys(call).stream().map(key -> key.key().toString()).toList();
  }
}

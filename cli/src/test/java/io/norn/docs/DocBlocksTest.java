package io.norn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shell blocks of the documentation are shell, whether they are run or not. */
final class DocBlocksTest {
  static List<DocPage> pages() throws IOException {
    return DocPage.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldSayWhatEachBlockIs(DocPage page) {
    for (DocPage.Block block : page.blocks()) {
      assertThat(block.kind())
          .as("behind the fence of\n%s", block.text())
          .matches("sh|sh no-run: .+|conf|text|mermaid|redis");
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldBeShell(DocPage page) throws Exception {
    for (DocPage.Block block : page.blocks()) {
      if (block.isShell()) {
        Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.getOutputStream()) {
          in.write(block.text().getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as("%s\n%s", block.text(), said).isZero();
      }
    }
  }
}

package io.norn.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation and its fenced blocks.
 *
 * @param file the page
 * @param blocks in their order
 */
record DocPage(Path file, List<Block> blocks) {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern FENCED =
      Pattern.compile("^```([^\\n]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /**
   * One block.
   *
   * @param kind what stands behind the fence: {@code sh}, {@code sh no-run: reason}, {@code conf}
   * @param text what is in it
   */
  record Block(String kind, String text) {
    boolean isShell() {
      return kind.equals("sh") || kind.startsWith("sh ");
    }

    /** False if it cannot be run in a test; then the reason stands behind the fence. */
    boolean isRun() {
      return kind.equals("sh");
    }
  }

  /** README and everything in docs. */
  static List<DocPage> all() throws IOException {
    List<DocPage> pages = new ArrayList<>(List.of(read(ROOT.resolve("README.md"))));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
        pages.add(read(file));
      }
    }
    return pages;
  }

  private static DocPage read(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher block = FENCED.matcher(Files.readString(file));
    while (block.find()) {
      blocks.add(new Block(block.group(1).strip(), block.group(2)));
    }
    return new DocPage(file, blocks);
  }

  /** Pages that start servers and agents themselves; the others find them running. */
  boolean startsServers() {
    return blocks.stream()
        .anyMatch(block -> block.isRun() && block.text().contains("valkey-server --port"));
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }
}

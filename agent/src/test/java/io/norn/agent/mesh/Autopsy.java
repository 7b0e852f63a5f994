package io.norn.agent.mesh;

import io.norn.testkit.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why servers differ: for the first key that does, all that each node's stream says about it. */
final class Autopsy {
  private static final Pattern KEY = Pattern.compile("^db(\\d+) \"?([A-Za-z0-9:]+)\"?");
  private static final int KEYS_SHOWN = 3;

  private final RealMesh mesh;
  private final Seed seed;
  private final List<String> differences;

  Autopsy(RealMesh mesh, Seed seed, List<String> differences) {
    this.mesh = mesh;
    this.seed = seed;
    this.differences = differences;
  }

  String text() throws IOException {
    StringBuilder text = new StringBuilder("norn-differences seed " + seed + "\n");
    differences.stream().limit(20).forEach(line -> text.append(line).append('\n'));
    text.append(mesh.report());
    for (int node = 0; node < mesh.size(); node++) {
      if (mesh.agent(node).isRunning()) {
        mesh.agent(node).stop();
      }
    }
    differences.stream()
        .map(KEY::matcher)
        .filter(Matcher::find)
        .map(match -> match.group(1) + " " + match.group(2))
        .distinct()
        .limit(KEYS_SHOWN)
        .forEach(key -> history(key, text));
    return text.toString();
  }

  private void history(String key, StringBuilder text) {
    int db = Integer.parseInt(key.substring(0, key.indexOf(' ')));
    String name = key.substring(key.indexOf(' ') + 1);
    for (int node = 0; node < mesh.size(); node++) {
      Path journal = mesh.directory(node).resolve("local");
      text.append("\n== db").append(db).append(' ').append(name).append(" in the stream of ");
      text.append(RealMesh.nodeId(node)).append('\n');
      try {
        for (String line : new StreamTrace(RealMesh.nodeId(node), journal).of(db, name)) {
          text.append(line).append('\n');
        }
      } catch (IOException e) {
        text.append(e.getMessage()).append('\n');
      }
    }
  }
}

package io.norn.sim.mesh;

import io.norn.shadow.ListShadow;
import io.norn.shadow.ReadRequest;
import io.norn.shadow.ReadRequest.Kind;
import io.norn.shadow.Shadow;
import io.norn.shadow.Shadows;
import io.norn.shadow.SortedSetShadow;
import io.norn.sim.model.Text;
import io.norn.sim.world.SimConnection;
import java.util.ArrayList;
import java.util.List;

/** Reads values that are followed, as the daemon does. */
final class ValueFetcher {
  private static final char LIST = 1;
  private static final char SORTED_SET = 3;

  private final Mesh mesh;
  private final SimNode node;
  private final Shadows shadows;
  private SimConnection connection;

  ValueFetcher(Mesh mesh, SimNode node, Shadows shadows) {
    this.mesh = mesh;
    this.node = node;
    this.shadows = shadows;
    this.connection = mesh.connect(node.server(), node);
  }

  /** The own stream has moved. */
  void moved() {
    shadows.wanted(2).forEach(this::fetch);
  }

  void breakOff(long lingerMicros) {
    connection.breakOff(lingerMicros);
    connection = mesh.connect(node.server(), node);
    shadows.lostReader();
  }

  void kill(long lingerMicros) {
    connection.breakOff(lingerMicros);
  }

  private void fetch(ReadRequest request) {
    String key = Text.of(request.key().key().raw());
    connection.send(
        List.of(
            Text.command("SELECT", Integer.toString(request.key().db())),
            Text.command("MULTI"),
            request.kind() == Kind.LIST
                ? Text.command("LRANGE", key, "0", "-1")
                : Text.command("ZRANGE", key, "0", "-1", "WITHSCORES"),
            Text.command("SPUBLISH", "__norn", request.mark()),
            Text.command("EXEC")),
        replies -> shadows.read(request, value(request, (List<?>) replies.get(4))));
  }

  /** Some values are too large to be followed. */
  private Shadow value(ReadRequest request, List<?> replies) {
    boolean isTooLarge = mesh.random().nextInt(20) == 0;
    if (isTooLarge || !(replies.get(0) instanceof List<?> read)) {
      return null;
    }
    List<byte[]> elements = read.stream().map(each -> (byte[]) each).toList();
    return request.kind() == Kind.LIST ? ListShadow.of(elements) : SortedSetShadow.of(elements);
  }

  /** Reads the model's own form of payloads. */
  static Shadow ofPayload(byte[] payload) {
    String text = Text.of(payload);
    List<byte[]> parts = new ArrayList<>();
    int at = 1;
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      int end = colon + 1 + Integer.parseInt(text.substring(at, colon));
      parts.add(Text.bytes(text.substring(colon + 1, end)));
      at = end;
    }
    return switch (text.charAt(0)) {
      case LIST -> ListShadow.of(parts);
      case SORTED_SET -> SortedSetShadow.of(parts);
      default -> null;
    };
  }
}

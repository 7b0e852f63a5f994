package io.norn.sim.mesh;

import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.merge.Decision;
import io.norn.merge.Emission;
import io.norn.merge.Facts;
import io.norn.merge.MergeState;
import io.norn.merge.Proposal;
import io.norn.merge.SilentEvents;
import io.norn.shadow.Shadows;
import io.norn.sim.model.Text;
import io.norn.stream.DecoderState;
import io.norn.stream.StreamDecoder;
import io.norn.stream.VersionVector;
import io.norn.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A memory that no crash ends. An agent that built its window again from its journals has to decide
 * as this one does: what was forgotten must not be missing, and what is read once more must not
 * mislead.
 */
final class LastingWitness implements Witness {
  private final MergeState state;
  private final SimNode node;
  private final Map<StreamId, StreamDecoder> decoders = new HashMap<>();
  private final Map<StreamId, Long> seen = new HashMap<>();

  LastingWitness(Mesh mesh, SimNode node) {
    this.node = node;
    this.state =
        new MergeState(
            node.stream(),
            DecoderState.at(0),
            VersionVector.EMPTY,
            new SilentEvents(),
            new CommandTable().under(mesh.plan().policy()));
    mesh.streams().stream()
        .filter(stream -> !stream.node().equals(node.stream().node()))
        .forEach(this::follow);
    Shadows shadows = new Shadows(0, "witness", new CommandTable(), ValueFetcher::ofPayload);
    shadows.accept(Text.command("SELECT", "0"), 0);
    state.backlog().follow(shadows);
  }

  private void follow(StreamId stream) {
    state.forgetting().join(stream.node());
    state.inboxes().open(stream, DecoderState.at(0));
    decoders.put(
        stream,
        new StreamDecoder(
            stream, DecoderState.at(0), VersionVector.EMPTY, item -> state.inbound(stream, item)));
  }

  @Override
  public void own(byte[][] command, long endOffset) {
    if (isNew(node.stream(), endOffset)) {
      state.own(command, endOffset);
    }
  }

  @Override
  public void peer(StreamId stream, byte[][] command, long endOffset) {
    if (isNew(stream, endOffset)) {
      decoders.get(stream).accept(command, endOffset);
    }
  }

  private boolean isNew(StreamId stream, long endOffset) {
    return Objects.requireNonNullElse(seen.put(stream, endOffset), 0L) < endOffset;
  }

  @Override
  public String objection(MergeState agent, Proposal proposal, Facts facts, Decision made) {
    settleWhatIsSettled(agent.window());
    List<String> expected =
        lines(state.decide(proposal, facts, node.clock().nowMillis()).emissions());
    List<String> tooMany = lines(made.emissions());
    List<String> missing = new ArrayList<>(expected);
    lines(made.emissions()).forEach(missing::remove);
    expected.forEach(tooMany::remove);
    tooMany.removeIf(line -> isDoubted(agent.window(), line));
    return missing.isEmpty() && tooMany.isEmpty()
        ? null
        : node.stream() + " lost in a restart: " + missing + ", made up: " + tooMany;
  }

  /** The writes of the agent settle it for both. */
  private void settleWhatIsSettled(Window agent) {
    Window mine = state.window();
    without(mine.repairs(), agent.repairs()).forEach(state::repaired);
    without(mine.unsureExpiries(), agent.unsureExpiries()).forEach(mine::expirySure);
    without(mine.unsureScores(), agent.unsureScores()).forEach(mine::scoreSure);
  }

  private static <T> List<T> without(Iterable<T> all, Set<T> some) {
    List<T> rest = new ArrayList<>();
    all.forEach(each -> rest.add(each));
    rest.removeAll(some);
    return rest;
  }

  /** Times to live that are written once more, by who has them, do no harm. */
  private static boolean isDoubted(Window agent, String line) {
    String[] words = line.split(" ", -1);
    return words[0].equals("PEXPIREAT")
        && (isIn(agent.repairs(), words[1]) || isIn(agent.unsureExpiries(), words[1]));
  }

  private static boolean isIn(Set<DbKey> keys, String name) {
    return keys.stream().anyMatch(key -> Text.of(key.key().raw()).equals(name));
  }

  private static List<String> lines(List<Emission> emissions) {
    return emissions.stream()
        .map(
            emission ->
                Arrays.stream(emission.command()).map(Text::of).collect(Collectors.joining(" ")))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}

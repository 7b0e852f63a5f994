package io.norn.apply;

import io.norn.merge.Emission;
import io.norn.server.ServerError;
import io.norn.stream.Deletes;
import io.norn.stream.Marker;
import java.util.ArrayList;
import java.util.List;

/**
 * The second write of a batch: MULTI, the marker, the commands, EXEC. Deletes are written so that
 * nobody takes them for the server's own, and times to live so that none is up already.
 */
public final class ExecRequest {
  private final Commands commands = new Commands();
  private final List<Integer> positions = new ArrayList<>();
  private final List<Emission> emissions;
  private final List<byte[][]> finished;

  /**
   * Plans the commands.
   *
   * @param marker the first write of the transaction
   * @param emissions the rest, in order
   * @param nowMillis wall clock of the server, milliseconds since the epoch
   */
  public ExecRequest(Marker marker, List<Emission> emissions, long nowMillis) {
    this.emissions = emissions;
    commands.add("MULTI");
    commands.add(marker.asWrite());
    for (Emission emission : emissions) {
      commands.select(emission.db());
      positions.add(commands.size() - 1);
      commands.add(LateExpiries.putOff(Deletes.asAgents(emission.command()), nowMillis));
    }
    commands.select(0);
    commands.add("EXEC");
    finished = commands.finish();
  }

  /** The commands to send in one write. */
  public List<byte[][]> commands() {
    return finished;
  }

  /** What became of it. */
  public sealed interface Outcome {

    /**
     * Executed.
     *
     * @param failures commands that the server refused while executing; the others took effect
     */
    record Committed(List<Failure> failures) implements Outcome {}

    /** A watched key was written meanwhile; nothing was executed. */
    record Aborted() implements Outcome {}

    /**
     * The server does not take it now; nothing was executed.
     *
     * @param error its first error
     * @param command the command refused; null if it was none of the batch
     */
    record Refused(ServerError error, Emission command) implements Outcome {}
  }

  /**
   * A command that failed inside a transaction.
   *
   * @param command the command
   * @param error the server's answer
   */
  public record Failure(Emission command, ServerError error) {}

  /** Reads the replies to {@link #commands}. */
  public Outcome outcome(List<Object> replies) {
    Object exec = replies.get(replies.size() - 1);
    if (exec == null) {
      return new Outcome.Aborted();
    }
    if (exec instanceof List<?> results) {
      return new Outcome.Committed(failures(results));
    }
    for (int i = 0; i < replies.size() - 1; i++) {
      if (replies.get(i) instanceof ServerError error) {
        return new Outcome.Refused(error, emissionAt(i - 1));
      }
    }
    ServerError error = exec instanceof ServerError e ? e : new ServerError("ERR " + exec);
    return new Outcome.Refused(error, null);
  }

  /**
   * Results stand without the reply to MULTI, so a command's result has the number of its reply
   * less one.
   */
  private List<Failure> failures(List<?> results) {
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof ServerError error && emissionAt(i) != null) {
        failures.add(new Failure(emissionAt(i), error));
      }
    }
    return failures;
  }

  private Emission emissionAt(int position) {
    int index = positions.indexOf(position);
    return index < 0 ? null : emissions.get(index);
  }
}

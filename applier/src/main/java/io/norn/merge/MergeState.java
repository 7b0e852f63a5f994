package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.contest.Contests;
import io.norn.stream.Change;
import io.norn.stream.DecoderState;
import io.norn.stream.Marker;
import io.norn.stream.Progress;
import io.norn.stream.StateQuestion;
import io.norn.stream.StreamDecoder;
import io.norn.stream.StreamItem;
import io.norn.stream.StreamItem.AppliedBatch;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.StreamItem.Message;
import io.norn.stream.StreamItem.ReservedTouched;
import io.norn.stream.Tick;
import io.norn.stream.VersionVector;
import io.norn.window.Forgetting;
import io.norn.window.PlainKey;
import io.norn.window.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a node knows for merging: its own stream so far, what waits of its peers, and the
 * window.
 *
 * <p>Pure: commands of the own stream and items of peers' streams go in, proposals and decisions
 * come out. Window and version vector are functions of the own stream; the changes that a marker
 * stands for are taken from the peers' streams, after a restart as well as in operation. Not
 * thread-safe.
 */
public final class MergeState {
  private final StreamId own;
  private final CommandTable table;
  private final Proposer proposer;
  private final Forgetting forgetting;
  private final Window window;
  private final OwnBacklog backlog;

  private final Inboxes inboxes;
  private final Intake intake;
  private final OwnEvents events;
  private final PartialDeletes partialDeletes;
  private final Increments increments;
  private final Publications publications;

  private VersionVector applied;
  private DecoderState processed;
  private Recording recording;
  private long lastOwnChange;

  /**
   * Starts at a position of the own stream at which the window was empty.
   *
   * @param own the own stream
   * @param start position and reader's state
   * @param applied the version vector there
   * @param events is told what the own stream shows
   * @param table meaning of commands
   */
  public MergeState(
      StreamId own,
      DecoderState start,
      VersionVector applied,
      OwnEvents events,
      CommandTable table) {
    this.table = table;
    this.own = own;
    this.events = events;
    this.applied = applied;
    this.processed = start;
    this.forgetting = new Forgetting(own.node());
    this.window = new Window(own, forgetting, table.policy());
    window.sources().reach(applied);
    this.partialDeletes = new PartialDeletes(own, window);
    this.increments = new Increments(own, window, table);
    this.proposer = new Proposer(table, (key, type) -> PlainKey.isOne(window, key, type));
    this.inboxes = new Inboxes(this::learn, () -> applied);
    this.intake = new Intake(inboxes);
    ToldByVector told = new ToldByVector(window, inboxes, this::applied);
    this.publications =
        new Publications(own, window.unordered(), key -> !increments.owes(key), told);
    this.backlog = new OwnBacklog(own, start, applied);
  }

  /** Takes the next command of the own stream. */
  public void own(byte[][] args, long endOffset) {
    backlog.accept(args, endOffset);
    processOwn();
  }

  /** Learns of a tick that stands further behind in the own stream. */
  public void foresee(Tick tick) {
    backlog.decoder().foresee(tick);
    processOwn();
  }

  /** What was read of the own stream and is not in the window yet. */
  public OwnBacklog backlog() {
    return backlog;
  }

  /** What waits of peers. */
  public Inboxes inboxes() {
    return inboxes;
  }

  /** Keeps every operation executed here from now on, until {@link #stopRecording}. */
  public void startRecording() {
    recording = new Recording();
  }

  public void stopRecording() {
    recording = null;
  }

  /** Forgets what waits of a stream, for instance because its peer is no longer followed. */
  public void closeInbox(StreamId stream) {
    inboxes.remove(stream);
    processOwn();
  }

  /** Takes the next item of a peer's stream. */
  public void inbound(StreamId stream, StreamItem item) {
    Inbox inbox = inboxes.get(stream);
    if (inbox != null) {
      noteQuestion(item);
      inbox.add(item, applied.offset(stream));
      processOwn();
    }
  }

  private void noteQuestion(StreamItem item) {
    StateQuestion question = item instanceof Message said ? StateQuestion.of(said.text()) : null;
    if (question != null) {
      publications.asked(question);
    }
  }

  private void learn(String node, VersionVector vector) {
    forgetting.learn(node, vector);
    window.forget();
    partialDeletes.forget();
  }

  private void processOwn() {
    while (backlog.isStalled() && process(backlog.peek())) {
      processed = backlog.poll().after();
    }
  }

  /** False if the item must wait until more of a peer's stream has been read. */
  private boolean process(StreamItem item) {
    if (item instanceof ChangeUnit unit) {
      remember(unit);
      lastOwnChange = unit.endOffset();
    } else if (item instanceof AppliedBatch batch) {
      return process(batch);
    } else if (item instanceof Message message) {
      events.message(message.text());
    } else if (item instanceof ReservedTouched) {
      events.reservedTouched();
    }
    return true;
  }

  private boolean process(AppliedBatch batch) {
    Marker marker = batch.marker();
    if (!intake.take(marker)) {
      return false;
    }
    intake.handOut(marker, this::remember);
    increments.settle(batch);
    intake.done(marker);
    Map<StreamId, Progress> ahead = onlyAhead(marker.advanced());
    applied = applied.with(ahead);
    ahead.forEach((stream, upto) -> window.sources().reach(stream, upto.offset()));
    ahead.forEach(inboxes::releaseMerged);
    events.applied(marker);
    return true;
  }

  /** What an agent that is gone had written before the vector was read is in it already. */
  private Map<StreamId, Progress> onlyAhead(Map<StreamId, Progress> advanced) {
    Map<StreamId, Progress> ahead = new HashMap<>(advanced);
    ahead.entrySet().removeIf(entry -> applied.covers(entry.getKey(), entry.getValue().offset()));
    return ahead;
  }

  private void remember(ChangeUnit unit) {
    for (Change change : unit.changes()) {
      for (Op op : table.parse(change, unit.hlc())) {
        increments.see(unit, unit.stamp(change), op);
        window.add(unit.stamp(change), unit.seen(), op);
        partialDeletes.check(unit, change, op);
        if (recording != null) {
          recording.add(unit.stamp(change), op, unit.seen());
        }
      }
    }
    window.sources().reach(unit.origin(), unit.endOffset());
  }

  /**
   * The next changes to apply.
   *
   * @param inFlight for streams of which a transaction is on its way: up to where
   * @return null if nothing waits
   */
  public Proposal propose(Map<StreamId, Long> inFlight, BatchLimits limits) {
    return proposer.propose(
        inboxes.flowing(),
        stream -> Math.max(applied.offset(stream), inFlight.getOrDefault(stream, -1L)),
        limits);
  }

  /**
   * True if the streams of the proposal are applied exactly up to where it begins, and what it does
   * not watch need not be watched.
   */
  public boolean isCurrent(Proposal proposal) {
    return proposal.base().entrySet().stream()
            .allMatch(entry -> applied.offset(entry.getKey()) == entry.getValue())
        && proposal.reads().unwatchedCounters().entrySet().stream()
            .allMatch(each -> PlainKey.isOne(window, each.getKey(), each.getValue()));
  }

  /**
   * Decides a proposal, once the barrier that was written after watching its keys has been seen in
   * the own stream.
   *
   * @param nowMillis wall clock, milliseconds since the epoch
   */
  public Decision decide(Proposal proposal, Facts facts, long nowMillis) {
    return new Decider(table, window, facts, nowMillis).decide(proposal.units());
  }

  /** Decides a flush of a peer for some keys: the commands that remove what is older than it. */
  public Decision decideFlush(Proposal proposal, List<DbKey> keys) {
    return new FlushDecider(table, window).decide(proposal.units().get(0), keys);
  }

  /** Decides the other commands of a transaction that flushes. */
  public Decision decideBesideFlushes(Proposal proposal, Facts facts, long nowMillis) {
    return new Decider(table, window, facts, nowMillis)
        .decideBesideFlushes(proposal.units().get(0));
  }

  /**
   * The commands that make a key what its operations in stamp order make of it, when {@link
   * Window#repairs} names it. Decided behind a barrier, as a batch is.
   *
   * @param facts what was read of the key under WATCH
   */
  public List<Emission> repair(DbKey key, Facts facts, long nowMillis) {
    List<Emission> again = partialDeletes.repair(key);
    return again.isEmpty() ? increments.repair(key, facts, nowMillis) : again;
  }

  /** Account of increments that are applied without watching their keys. */
  public Increments increments() {
    return increments;
  }

  /** What has to be watched and read for {@link #repair}. */
  public Reads readsForRepair(DbKey key) {
    return new Reads(Set.of(key), Set.of(key), Map.of(key, Set.copyOf(increments.owed(key))));
  }

  /**
   * The key was repaired; where increments were wrong, the own stream tells when.
   *
   * @return why it was
   */
  public Contests repaired(DbKey key) {
    Contests contests = partialDeletes.repaired(key);
    if (!increments.owes(key)) {
      window.repaired(key);
    }
    return contests;
  }

  /** The entries of the version vector that applying the proposal sets. */
  public static Map<StreamId, Progress> progressAfter(Proposal proposal, long batch) {
    Map<StreamId, Progress> progress = new HashMap<>();
    for (ChangeUnit unit : proposal.units()) {
      progress.put(unit.origin(), unit.after().asProgress(batch));
    }
    return progress;
  }

  /**
   * The version vector as it may be written when no transaction is on its way: of streams of which
   * nothing waits, up to where they were read, though what stood there was no change.
   */
  public Map<StreamId, Progress> writableVector() {
    Map<StreamId, Progress> vector = new HashMap<>(applied.entries());
    vector.replaceAll(inboxes::readWithoutChanges);
    return vector;
  }

  public StreamId ownStream() {
    return own;
  }

  /** States of keys that this node or others should put into their streams. */
  public Publications publications() {
    return publications;
  }

  /**
   * The server refused a command of a batch: what it was for is missing here until its node
   * publishes the state of the key.
   *
   * @return false if nothing is missing: an increment of a key that was not watched is executed
   *     again when the own stream shows that it was not
   */
  public boolean refused(Proposal proposal, Emission emission) {
    if (proposal.reads().unwatchedCounters().containsKey(emission.key())) {
      return false;
    }
    new Refusals(table, window).note(proposal, emission);
    return true;
  }

  public Window window() {
    return window;
  }

  public CommandTable table() {
    return table;
  }

  public Forgetting forgetting() {
    return forgetting;
  }

  /** Version vector up to {@link #processed}. */
  public VersionVector applied() {
    return applied;
  }

  /** Up to where the own stream is in the window. */
  public DecoderState processed() {
    return processed;
  }

  /** End of the last change of an own client; 0 if none was seen. */
  public long lastOwnChange() {
    return lastOwnChange;
  }

  /** Decodes the own stream. */
  public StreamDecoder decoder() {
    return backlog.decoder();
  }

  /**
   * What applying a snapshot sets in the version vector.
   *
   * @param peer the stream of the snapshot's node, and where the snapshot was taken in it
   * @param vector what the snapshot holds of other nodes: for a stream that is being read here and
   *     waits for a snapshot of its own node, that one counts
   */
  public Map<StreamId, Progress> progressAfterSnapshot(
      StreamId peer, long offset, VersionVector vector) {
    Map<StreamId, Progress> advanced = new HashMap<>();
    vector.entries().forEach((stream, at) -> advanced.put(stream, at.ofThirdNode()));
    advanced
        .entrySet()
        .removeIf(entry -> applied.covers(entry.getKey(), entry.getValue().offset()));
    advanced
        .keySet()
        .removeIf(stream -> stream.node().equals(own.node()) || inboxes.isHeld(stream));
    advanced.put(peer, inboxes.heldStateAt(peer, offset).asProgress(Progress.OF_SNAPSHOT));
    return advanced;
  }

  /** Operations on a key that are remembered here and that a state with this vector lacks. */
  public Uncovered uncovered(DbKey key, VersionVector vector) {
    return Uncovered.of(key, window, recording, vector);
  }

  /** The commands that bring what a peer's stream brought for one key on top of what is here. */
  public List<Emission> decideKey(DbKey key, List<ChangeUnit> units, Facts local, long nowMillis) {
    List<Recording.Recorded> operations = SnapshotKey.operations(key, units, table);
    return new Decider(table, window, local, nowMillis).decideAll(operations).emissions();
  }
}

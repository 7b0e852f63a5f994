package io.norn.agent.config;

import io.norn.net.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The peers to follow: those of the configuration, with what was added and removed at run time,
 * which survives a restart. May be used by any thread.
 */
public final class PeerStore {
  private static final String FILE_NAME = "peers";

  private final PeerFile file;
  private final List<Address> configured;
  private PeerChanges changes;

  private PeerStore(PeerFile file, List<Address> configured, PeerChanges changes) {
    this.file = file;
    this.configured = List.copyOf(configured);
    this.changes = changes;
  }

  /**
   * Reads what was changed earlier.
   *
   * @param directory of the agent's data; made if it is missing
   * @param configured the peers of the configuration
   * @throws IOException if the directory cannot be used or the file is damaged; one line for users
   */
  public static PeerStore open(Path directory, List<Address> configured) throws IOException {
    Files.createDirectories(directory);
    PeerFile file = new PeerFile(directory.toAbsolutePath().resolve(FILE_NAME));
    PeerChanges before = file.read();
    PeerChanges changes = before.against(configured);
    if (!changes.equals(before)) {
      file.write(changes);
    }
    return new PeerStore(file, configured, changes);
  }

  /** The peers to follow: the configured ones first, then in the order of adding. */
  public synchronized List<Address> peers() {
    return changes.applyTo(configured);
  }

  /**
   * Adds a peer; false if it was there.
   *
   * @throws IOException if that cannot be written; then nothing has changed
   */
  public synchronized boolean add(Address peer) throws IOException {
    return !peers().contains(peer) && change(changes.adding(peer));
  }

  /**
   * Removes a peer; false if it was not there.
   *
   * @throws IOException if that cannot be written; then nothing has changed
   */
  public synchronized boolean remove(Address peer) throws IOException {
    return peers().contains(peer) && change(changes.removing(peer));
  }

  /** True if nothing of the peer is to be read for now. */
  public synchronized boolean isPaused(Address peer) {
    return changes.paused().contains(peer);
  }

  /**
   * Pauses a peer, also over restarts; false if it is not followed.
   *
   * @throws IOException if that cannot be written; then nothing has changed
   */
  public synchronized boolean pause(Address peer) throws IOException {
    return peers().contains(peer) && change(changes.pausing(peer));
  }

  /**
   * Takes a pause back; false if the peer is not followed.
   *
   * @throws IOException if that cannot be written; then nothing has changed
   */
  public synchronized boolean resume(Address peer) throws IOException {
    return peers().contains(peer) && change(changes.resuming(peer));
  }

  private boolean change(PeerChanges changed) throws IOException {
    PeerChanges needed = changed.against(configured);
    file.write(needed);
    changes = needed;
    return true;
  }
}

package io.norn.journal;

import io.norn.journal.chronicle.RecordLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces appended records to the disk and seals complete generations. After the first error nothing
 * is forced again: the kernel may have dropped the pages and would call the next attempt a success.
 */
final class Durability {
  private final JournalState state;
  private final Forcer forcer;
  private final ReentrantLock lock = new ReentrantLock();

  Durability(JournalState state, Forcer forcer) {
    this.state = state;
    this.forcer = forcer;
  }

  /** Forces everything appended before the call; concurrent callers share one force. */
  void sync() throws IOException {
    Tip wanted = state.tip();
    lock.lock();
    try {
      state.requireUsable();
      if (state.durable().sequence() < wanted.sequence()) {
        forceAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void forceAll() throws IOException {
    Tip target = state.tip();
    List<Generation> generations = state.catalog().all();
    try {
      for (int i = 0; i < generations.size(); i++) {
        Generation generation = generations.get(i);
        if (!generation.sealed()) {
          force(generation);
          // What was complete before the force is on the disk as a whole.
          if (i < generations.size() - 1) {
            seal(generation);
          }
        }
      }
      state.durable(target);
    } catch (IOException e) {
      throw state.fail(e);
    }
  }

  /** Forces and seals everything; for when nothing is being appended any more. */
  void sealAll() throws IOException {
    lock.lock();
    try {
      for (Generation generation : state.catalog().all()) {
        if (!generation.sealed()) {
          force(generation);
          seal(generation);
        }
      }
      state.durable(state.tip());
    } catch (IOException e) {
      throw state.fail(e);
    } finally {
      lock.unlock();
    }
  }

  private void force(Generation generation) throws IOException {
    Path directory = generation.directory();
    forcer.force(directory.resolve(RecordLog.DATA_FILE));
    if (generation.firstSequence() >= state.durable().sequence()) {
      forcer.force(directory.resolve(RecordLog.METADATA_FILE));
      forcer.force(directory);
      forcer.force(state.directory());
    }
  }

  private void seal(Generation generation) throws IOException {
    if (!generation.distrusted()) {
      Path directory = generation.directory();
      long fileBytes = Files.size(directory.resolve(RecordLog.DATA_FILE));
      Seal.of(generation, fileBytes).write(directory, forcer);
      state.catalog().markSealed(generation);
    }
  }
}

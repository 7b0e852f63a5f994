package io.norn.apply;

import io.norn.merge.OwedField;
import java.io.IOException;
import java.util.List;

/**
 * What an agent writes down before it sends a transaction in which commands may fail, and behind
 * it: an error inside of EXEC undoes nothing, so the version vector says that the change is in, and
 * only the reply says that it is not. When the agent is killed before it has read the reply, its
 * successor finds here what may be missing.
 */
public interface Intents {

  /**
   * Written down and not taken back.
   *
   * @param batch number of the transaction that may have been executed; 0 for none
   * @param doubtful what may have failed in it, one for each key
   * @param failed what has failed before and is still missing
   */
  record Entry(long batch, List<OwedField> doubtful, List<OwedField> failed) {
    /** Nothing. */
    public static final Entry NONE = new Entry(0, List.of(), List.of());

    /** Copies the lists. */
    public Entry {
      doubtful = List.copyOf(doubtful);
      failed = List.copyOf(failed);
    }

    /** True if the outcome of a transaction is not known. */
    public boolean isOpen() {
      return batch > 0;
    }

    Entry opened(long number, List<OwedField> mayFail) {
      return new Entry(number, mayFail, failed);
    }

    Entry closed(List<OwedField> missing) {
      return new Entry(0, List.of(), missing);
    }
  }

  /** What was written last, also by an agent before this one. */
  Entry read();

  /**
   * Replaces what was written. A process that is killed afterwards does not lose it.
   *
   * @throws IOException if it cannot be written: then the transaction must not be sent
   */
  void write(Entry record) throws IOException;
}

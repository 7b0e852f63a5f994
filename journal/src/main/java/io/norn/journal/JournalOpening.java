package io.norn.journal;

import io.norn.journal.chronicle.ChronicleRuntime;
import io.norn.journal.chronicle.RecordLogException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** Opens a journal: checks the JVM, locks the directory, recovers what is there. */
final class JournalOpening {
  private JournalOpening() {}

  static Journal open(JournalSettings settings, InstantSource clock, JournalTuning tuning)
      throws IOException {
    try {
      ChronicleRuntime.prepare();
    } catch (RecordLogException e) {
      throw new JournalOpenException(e.getMessage());
    }
    JournalLock lock = JournalLock.acquire(settings.directory());
    try {
      JournalDirectory directory = JournalDirectory.open(settings.directory(), tuning.forcer());
      Catalog catalog = new Recovery(directory, tuning.forcer()).run();
      JournalState state =
          new JournalState(settings.directory(), directory.journalId(), catalog, tipOf(catalog));
      return new FileJournal(settings, clock, tuning, lock, directory, state);
    } catch (OutOfMemoryError e) {
      // Chronicle believes the lengths in a damaged head of a file.
      lock.close();
      throw new JournalOpenException(
          String.format(
              "journal %s cannot be read with the memory of this process:"
                  + " raise -Xmx or, if that does not help, move the journal away",
              settings.directory()),
          e);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Tip tipOf(Catalog catalog) {
    List<Generation> generations = catalog.all();
    if (generations.isEmpty()) {
      return Tip.NOTHING;
    }
    Generation last = generations.get(generations.size() - 1);
    Segment segment = last.segments().get(last.segments().size() - 1);
    return new Tip(last.endSequence(), segment.stream(), segment.endOffset());
  }
}

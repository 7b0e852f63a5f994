package io.norn.journal;

/** An entry with its number; numbers have no holes over all generations of a journal. */
record NumberedEntry(long sequence, JournalEntry entry) {}

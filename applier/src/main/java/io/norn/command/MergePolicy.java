package io.norn.command;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What users decide about conflicts. Decisions are a function of it and of stamps, so it must be
 * the same on all nodes.
 *
 * @param rule of keys without a prefix of their own
 * @param options what differs from the defaults
 * @param prefixes rules for keys that begin so; the longest that fits counts
 */
public record MergePolicy(KeyRule rule, Set<Option> options, List<Prefix> prefixes) {
  /** The last write wins, everywhere and for everything. */
  public static final MergePolicy DEFAULT = new MergePolicy(KeyRule.LWW, Set.of(), List.of());

  /** What may differ from the defaults. */
  public enum Option {
    /** Of concurrent times to live the longest counts, not the last. */
    LONGEST_EXPIRY,

    /** {@code FLUSHALL} and {@code FLUSHDB} stay where they are. */
    LOCAL_FLUSHES,

    /** What one server evicts goes everywhere. */
    SHARED_EVICTIONS
  }

  /**
   * A rule for some keys.
   *
   * @param text how they begin
   * @param rule what counts for them
   */
  public record Prefix(Bytes text, KeyRule rule) {
    boolean fits(byte[] key) {
      byte[] begin = text.raw();
      return key.length >= begin.length
          && Arrays.equals(key, 0, begin.length, begin, 0, begin.length);
    }
  }

  /** Sorts the prefixes, the longest first. */
  public MergePolicy {
    options = Set.copyOf(options);
    prefixes =
        prefixes.stream()
            .sorted(Comparator.comparingInt((Prefix each) -> -each.text().raw().length))
            .toList();
  }

  public boolean has(Option option) {
    return options.contains(option);
  }

  /** What counts for a key. */
  public KeyRule ruleOf(DbKey key) {
    return ruleOf(key.key().raw());
  }

  /** What counts for a key of this name in any database. */
  public KeyRule ruleOf(byte[] key) {
    for (Prefix prefix : prefixes) {
      if (prefix.fits(key)) {
        return prefix.rule();
      }
    }
    return rule;
  }

  /** True if a window must remember more of the key than what was last. */
  public boolean isSpecial(DbKey key) {
    return has(Option.LONGEST_EXPIRY) || isObserved(key);
  }

  public boolean isObserved(DbKey key) {
    return ruleOf(key) == KeyRule.OBSERVED_REMOVE;
  }

  /** True if writes to keys of this name are carried to other nodes. */
  public boolean isShared(byte[] key) {
    return ruleOf(key).isShared();
  }
}

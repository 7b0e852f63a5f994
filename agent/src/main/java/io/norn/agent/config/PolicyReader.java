package io.norn.agent.config;

import io.norn.agent.config.Policies.InitialSync;
import io.norn.command.Bytes;
import io.norn.command.KeyRule;
import io.norn.command.MergePolicy;
import io.norn.command.MergePolicy.Option;
import io.norn.command.MergePolicy.Prefix;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the directives that say who wins. */
final class PolicyReader {
  private final Settings settings;

  PolicyReader(Settings settings) {
    this.settings = settings;
  }

  /** Values of {@code conflict-policy}. */
  private enum Conflict {
    LWW,
    OBSERVED_REMOVE
  }

  /** Values of {@code ttl-policy}. */
  private enum Ttl {
    LAST,
    LONGEST
  }

  Policies read() throws ConfigException {
    InitialSync initialSync = settings.choice("initial-sync", InitialSync.class);
    KeyRule rule = KeyRule.valueOf(settings.choice("conflict-policy", Conflict.class).name());
    Map<String, KeyRule> prefixes = prefixes();
    List<Prefix> rules = new ArrayList<>();
    prefixes.forEach((prefix, each) -> rules.add(new Prefix(new Bytes(Text.bytes(prefix)), each)));
    MergePolicy merge = new MergePolicy(rule, options(), rules);
    return new Policies(initialSync, merge, line(prefixes));
  }

  private Set<Option> options() throws ConfigException {
    Set<Option> options = EnumSet.noneOf(Option.class);
    if (settings.choice("ttl-policy", Ttl.class) == Ttl.LONGEST) {
      options.add(Option.LONGEST_EXPIRY);
    }
    if (!settings.isYes("replicate-flush")) {
      options.add(Option.LOCAL_FLUSHES);
    }
    if (settings.isYes("replicate-evictions")) {
      options.add(Option.SHARED_EVICTIONS);
    }
    return options;
  }

  /** Of one prefix the last line counts. */
  private Map<String, KeyRule> prefixes() throws ConfigException {
    Map<String, KeyRule> prefixes = new TreeMap<>();
    for (Directive line : settings.all("prefix-policy")) {
      prefixes.put(line.values().get(0), rule(line));
    }
    return prefixes;
  }

  private static KeyRule rule(Directive line) throws ConfigException {
    for (KeyRule rule : KeyRule.values()) {
      if (spelling(rule).equalsIgnoreCase(line.values().get(1))) {
        return rule;
      }
    }
    throw line.error(
        "'"
            + line.values().get(1)
            + "' is unknown: use lww, observed-remove, ignore or site-local");
  }

  private static String spelling(KeyRule rule) {
    return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String line(Map<String, KeyRule> prefixes) {
    List<String> parts = new ArrayList<>();
    for (String name : Policies.SHARED) {
      if (!DirectiveTable.named(name).kind().isRepeated()) {
        parts.add(name + " " + settings.text(name).toLowerCase(Locale.ROOT));
      }
    }
    prefixes.forEach(
        (prefix, rule) ->
            parts.add("prefix-policy " + ConfigRewrite.quoted(prefix) + " " + spelling(rule)));
    return String.join(", ", parts);
  }
}

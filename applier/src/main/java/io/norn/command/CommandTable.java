package io.norn.command;

import io.norn.stream.Change;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Meaning of every write command, by name. A command that neither the table nor the server knows
 * becomes an {@link Op.Opaque} without keys.
 */
public final class CommandTable {
  private static final Map<String, Entry> ENTRIES = entries();
  private static final Map<String, Function<Call, List<Op>>> NOTICES = NoticeCommands.parsers();

  private final Map<String, List<KeySpec>> learned;
  private final MergePolicy policy;
  private final PolicyFilter filter;

  /** The commands of the servers themselves. */
  public CommandTable() {
    this(Map.of());
  }

  /**
   * With commands of modules too.
   *
   * @param learned where the keys of other commands are, by name in upper case; that of a
   *     subcommand behind its container's and a blank
   */
  public CommandTable(Map<String, List<KeySpec>> learned) {
    this(learned, MergePolicy.DEFAULT);
  }

  private CommandTable(Map<String, List<KeySpec>> learned, MergePolicy policy) {
    this.learned = Map.copyOf(learned);
    this.policy = policy;
    this.filter = new PolicyFilter(policy);
  }

  /** The same under a policy: what must not leave its node means nothing. */
  public CommandTable under(MergePolicy other) {
    return new CommandTable(learned, other);
  }

  public MergePolicy policy() {
    return policy;
  }

  private static Map<String, Entry> entries() {
    Map<String, Entry> byName = new LinkedHashMap<>();
    Stream.of(
            StringCommands.entries(),
            HashCommands.entries(),
            SetCommands.entries(),
            SortedSetCommands.entries(),
            ListCommands.entries(),
            StreamCommands.entries(),
            HyperLogLogCommands.entries(),
            KeyCommands.entries(),
            ServerCommands.entries())
        .flatMap(List::stream)
        .forEach(entry -> add(byName, entry));
    return byName;
  }

  private static void add(Map<String, Entry> byName, Entry entry) {
    String name = entry.rule().name();
    if (byName.put(name, entry) != null) {
      throw new IllegalStateException("two rules for " + name);
    }
  }

  /** All lines, in the order of the documentation. */
  public static List<CommandRule> rules() {
    return ENTRIES.values().stream().map(Entry::rule).toList();
  }

  /** True if there is a line for a command; a subcommand is named behind its container. */
  public static boolean describes(String name) {
    return ENTRIES.containsKey(name.toUpperCase(Locale.ROOT));
  }

  /**
   * The meaning of a command.
   *
   * @param change the command
   * @param hlcMicros its stamp's time
   * @return operations in the order in which they take effect; their keys differ
   */
  public List<Op> parse(Change change, long hlcMicros) {
    Call call = new Call(change.db(), change.args(), hlcMicros);
    try {
      return filter.shared(parse(call));
    } catch (Call.MalformedCallException | ArithmeticException e) {
      return List.of(call.opaque());
    }
  }

  private List<Op> parse(Call call) {
    String name = Text.upperCase(call.arg(0));
    Entry entry = ENTRIES.get(name);
    if (entry != null) {
      return entry.parser().apply(call);
    }
    String longName = call.count() > 1 ? name + ' ' + Text.upperCase(call.arg(1)) : name;
    Entry subcommand = ENTRIES.get(longName);
    if (subcommand != null) {
      return subcommand.parser().apply(call);
    }
    Function<Call, List<Op>> notice = NOTICES.get(filter.notice(name));
    return notice != null
        ? notice.apply(call)
        : parseLearned(call, learned.getOrDefault(longName, learned.get(name)));
  }

  private static List<Op> parseLearned(Call call, List<KeySpec> specs) {
    if (specs == null) {
      return List.of(call.opaque());
    }
    List<DbKey> written = new ArrayList<>();
    List<DbKey> sources = new ArrayList<>();
    for (KeySpec spec : specs) {
      (spec.readOnly() ? sources : written).addAll(spec.keys(call));
    }
    sources.removeAll(written);
    return List.of(
        call.opaque(written.stream().distinct().toList(), sources.stream().distinct().toList()));
  }
}

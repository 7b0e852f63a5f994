package io.norn.agent.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of a running agent: what it was told at its start, and what was changed since.
 * May be used by any thread.
 */
public final class LiveConfig {
  private static final String WHERE = "CONFIG SET";

  private final Map<String, List<Directive>> changes = new LinkedHashMap<>();
  private volatile AgentConfig current;

  public LiveConfig(AgentConfig atStart) {
    this.current = atStart;
  }

  /** What is in force now. */
  public AgentConfig current() {
    return current;
  }

  /**
   * Changes directives, all or none.
   *
   * @param values by directive, as one text each
   * @return the names of those that were given
   * @throws ConfigException if one of them cannot be changed at run time or has a wrong value; one
   *     line for users
   */
  public synchronized Set<String> set(Map<String, String> values) throws ConfigException {
    Map<String, List<Directive>> changed = new LinkedHashMap<>(changes);
    Set<String> names = new LinkedHashSet<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      Directive directive = directive(entry.getKey(), entry.getValue());
      DirectiveSpec spec = DirectiveTable.of(directive);
      if (spec.takesEffect() == DirectiveSpec.Effect.AT_START) {
        throw directive.error(atStart(spec.name()));
      }
      List<Directive> lines = new ArrayList<>();
      if (spec.kind().isRepeated()) {
        lines.addAll(changed.getOrDefault(spec.name(), List.of()));
      }
      lines.add(directive);
      changed.put(spec.name(), lines);
      names.add(spec.name());
    }
    current = current.changed(all(changed));
    changes.clear();
    changes.putAll(changed);
    return names;
  }

  private static String atStart(String name) {
    return switch (name) {
      case "replicaof" -> "cannot be set: use PEER ADD and PEER REMOVE";
      default -> "cannot be set at run time: change it in the file, and start the agent again";
    };
  }

  private static Directive directive(String name, String value) throws ConfigException {
    Directive whole = new Directive(name, List.of(value), WHERE);
    DirectiveSpec spec = DirectiveTable.known(whole);
    if (spec.maxValues() == 1) {
      return whole;
    }
    try {
      return new Directive(name, Words.split(value), WHERE);
    } catch (IllegalArgumentException e) {
      throw whole.error(e.getMessage());
    }
  }

  private static List<Directive> all(Map<String, List<Directive>> changes) {
    return changes.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Reads file, environment and secrets again. What can only be changed at a start stays.
   *
   * @return the names of what is different now and takes effect, secrets always among them
   * @throws ConfigException if anything is wrong; then nothing has changed
   */
  public synchronized Set<String> reload() throws ConfigException {
    AgentConfig fresh = current.reloaded(all(changes));
    Set<String> different = new LinkedHashSet<>();
    for (DirectiveSpec spec : DirectiveTable.all()) {
      String before = current.directives().get(spec.name());
      boolean isOther = !fresh.directives().get(spec.name()).equals(before);
      if (isOther && spec.takesEffect() == DirectiveSpec.Effect.AT_START) {
        throw new ConfigException(
            spec.name()
                + " is '"
                + fresh.directives().get(spec.name())
                + "' now, was '"
                + before
                + "': that needs a start of the agent; nothing was changed");
      }
      if (isOther) {
        different.add(spec.name());
      }
    }
    if (!fresh.local().equals(current.local())) {
      different.add("local-auth");
    }
    if (!fresh.peers().equals(current.peers())) {
      different.add("masterauth");
    }
    if (!fresh.listen().equals(current.listen())) {
      different.add("requirepass");
    }
    current = fresh;
    return different;
  }

  /**
   * Writes what was changed into the file that the agent was started with; all else in it stays.
   *
   * @throws ConfigException if there is no file, or it cannot be written; one line for users
   */
  public synchronized void rewrite() throws ConfigException {
    ConfigRewrite rewrite =
        new ConfigRewrite(
            current
                .origin()
                .file()
                .orElseThrow(
                    () -> new ConfigException("the agent was started without a file to write to")));
    try {
      rewrite.write(changes);
    } catch (IOException e) {
      throw new ConfigException("the configuration cannot be written: " + e.getMessage(), e);
    }
  }

  /** True if the links must be made anew for a change to take effect. */
  public static boolean concernsLinks(Set<String> names) {
    return names.stream()
        .anyMatch(
            name -> DirectiveTable.named(name).takesEffect() == DirectiveSpec.Effect.ON_LINKS);
  }
}

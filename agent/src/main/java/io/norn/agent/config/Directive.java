package io.norn.agent.config;

import java.util.List;
import java.util.Locale;

/**
 * One configuration line or option as it was written.
 *
 * @param name lower case, without dashes in front
 * @param values what follows the name, unquoted
 * @param where for messages: {@code /etc/norn.conf line 3} or {@code command line}
 */
public record Directive(String name, List<String> values, String where) {

  public Directive {
    name = name.toLowerCase(Locale.ROOT);
    values = List.copyOf(values);
  }

  /** An exception that says where this directive stands and what is wrong with it. */
  ConfigException error(String problem) {
    return new ConfigException(where + ": " + name + ": " + problem);
  }

  /** Leaves the values out, because one of them may be a password. */
  @Override
  public String toString() {
    return where + ": " + name;
  }
}

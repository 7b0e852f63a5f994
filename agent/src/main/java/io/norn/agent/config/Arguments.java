package io.norn.agent.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line of the agent, {@code [FILE] [--directive VALUE…]…}, as valkey-server takes it.
 *
 * @param file the configuration file
 * @param lines what it said
 * @param options the directives of the environment and of the command line, in order
 */
record Arguments(Optional<Path> file, List<Directive> lines, List<Directive> options) {
  private static final String WHERE = "command line";

  /**
   * Divides the arguments: values go on until the next word that begins with two dashes.
   *
   * @throws ConfigException if a word is neither the file nor a value of an option
   */
  public static Arguments parse(List<String> arguments) throws ConfigException {
    boolean hasFile = !arguments.isEmpty() && !arguments.get(0).startsWith("-");
    Optional<Path> file = hasFile ? Optional.of(path(arguments.get(0))) : Optional.empty();
    List<Directive> options = new ArrayList<>(Secrets.ofEnvironment(System.getenv()));
    options.addAll(options(arguments.subList(hasFile ? 1 : 0, arguments.size())));
    return new Arguments(file, List.of(), options).reread();
  }

  /** Nothing but these. */
  static Arguments of(List<Directive> directives) {
    return new Arguments(Optional.empty(), List.of(), directives);
  }

  /** The same, with what the file says now. */
  Arguments reread() throws ConfigException {
    return file.isEmpty() ? this : new Arguments(file, ConfigFile.read(file.get()), options);
  }

  private static Path path(String text) throws ConfigException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException(WHERE + ": '" + text + "' is no path of a file", e);
    }
  }

  /** All directives; those of the command line come last, and so override the file. */
  List<Directive> directives() {
    List<Directive> all = new ArrayList<>(lines);
    all.addAll(options);
    return all;
  }

  private static List<Directive> options(List<String> words) throws ConfigException {
    List<Directive> options = new ArrayList<>();
    int start = 0;
    while (start < words.size()) {
      int end = start + 1;
      while (end < words.size() && !words.get(end).startsWith("--")) {
        end++;
      }
      options.add(option(words.get(start), words.subList(start + 1, end)));
      start = end;
    }
    return options;
  }

  private static Directive option(String word, List<String> values) throws ConfigException {
    if (!word.startsWith("--") || word.length() == 2) {
      throw new ConfigException(
          WHERE + ": '" + word + "' is no option: write [FILE] [--directive VALUE]...");
    }
    return new Directive(word.substring(2), splitSingle(values), WHERE);
  }

  /** {@code --replicaof "host port"} is what people write in shells and unit files. */
  private static List<String> splitSingle(List<String> values) {
    boolean isAddress = values.size() == 1 && values.get(0).trim().matches("\\S+\\s+\\d+");
    return isAddress ? List.of(values.get(0).trim().split("\\s+", 2)) : values;
  }
}

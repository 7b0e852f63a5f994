package io.norn.agent.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads files in the syntax of {@code valkey.conf}. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * The directives of a file, in order; their names are not checked yet.
   *
   * @throws ConfigException if the file cannot be read or a line cannot be split into words
   */
  public static List<Directive> read(Path file) throws ConfigException {
    List<Directive> directives = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      parse(line, file + " line " + number).ifPresent(directives::add);
    }
    return directives;
  }

  private static Optional<Directive> parse(String line, String where) throws ConfigException {
    try {
      List<String> words = Words.splitDirective(line);
      return words.isEmpty()
          ? Optional.empty()
          : Optional.of(new Directive(words.get(0), words.subList(1, words.size()), where));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(where + ": " + e.getMessage(), e);
    }
  }

  private static List<String> lines(Path file) throws ConfigException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": no such file: give the path of a configuration file", e);
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": is no UTF-8 text: save it as UTF-8", e);
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read: " + reason(file, e), e);
    }
  }

  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "it is a directory: name a file in it";
    }
    return e instanceof AccessDeniedException
        ? "no permission: run as a user who may read it"
        : e.getMessage();
  }
}
